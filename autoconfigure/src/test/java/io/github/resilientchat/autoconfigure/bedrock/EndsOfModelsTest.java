package io.github.resilientchat.autoconfigure.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** How a control plane is asked when models end, whatever it says. */
@ExtendWith(OutputCaptureExtension.class)
class EndsOfModelsTest {

  private static final String ENDED =
      """
      {"modelDetails": {"modelArn": "arn:aws:bedrock:us-east-1::foundation-model/a.b", "modelId": "a.b",
       "modelLifecycle": {"status": "LEGACY", "endOfLifeTime": "2020-01-01T00:00:00Z"}}}
      """;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer control;

  EndsOfModelsTest() throws IOException {
    control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    control.setExecutor(threads);
    control.createContext(
        "/inference-profiles",
        exchange -> answer(exchange, 200, "{\"inferenceProfileSummaries\": []}"));
    control.start();
  }

  @AfterEach
  void close() {
    control.stop(0);
    threads.shutdownNow();
  }

  private void models(HttpHandler handler) {
    control.createContext("/foundation-models/", handler);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void start() {
    new ApplicationContextRunner()
        .withUserConfiguration(BothFrameworksApplication.class, PatientDiscovery.class)
        .withPropertyValues(
            "resilient.backend=aws",
            "resilient.discovery.profiles=start",
            "resilient.defaults.region=us-east-1",
            "resilient.accounts.blue.access-key=AKIAX",
            "resilient.accounts.blue.secret-key=hush",
            "resilient.accounts.blue.control-endpoint=http://127.0.0.1:"
                + control.getAddress().getPort(),
            "resilient.routes.chat.targets=a.one, a.two, a.three")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void allModelsAreAskedAboutAtOnce(CapturedOutput output) {
    CountDownLatch asked = new CountDownLatch(3);
    models(
        exchange -> {
          asked.countDown();
          try {
            // Nobody is answered before all have asked.
            asked.await(2, TimeUnit.MINUTES);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          answer(exchange, 200, ENDED);
        });
    start();
    assertThat(output)
        .contains(
            "the model a.one ends on 2020-01-01",
            "the model a.two ends on 2020-01-01",
            "the model a.three ends on 2020-01-01");
  }

  @Test
  void accountThatMayNotTellIsWarnedOfOnce(CapturedOutput output) {
    models(
        exchange -> {
          exchange.getResponseHeaders().set("x-amzn-ErrorType", "AccessDeniedException");
          answer(exchange, 403, "{\"message\": \"no bedrock:GetFoundationModel\"}");
        });
    start();
    assertThat(output.toString().split("account blue does not tell in us-east-1 when models", -1))
        .hasSize(2);
    assertThat(output).contains("no bedrock:GetFoundationModel");
  }
}
