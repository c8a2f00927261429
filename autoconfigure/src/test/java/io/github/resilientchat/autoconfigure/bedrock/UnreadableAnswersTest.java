package io.github.resilientchat.autoconfigure.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.autoconfigure.app.StreamedAnswer;
import io.github.resilientchat.bedrock.BedrockClients;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import io.github.resilientchat.simulator.BedrockSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import software.amazon.awssdk.http.Protocol;

/** A Bedrock that says 200 and nothing that anybody can read, for each way of calling. */
class UnreadableAnswersTest {

  private static final String TARGET = "us.anthropic.claude-sonnet-4-6@us-east-1/broken";

  private static final Map<String, Function<ApplicationContext, String>> WAYS =
      Map.of(
          "LangChain4j",
          context -> context.getBean(ResilientChatModel.class).chat("hello"),
          "LangChain4j stream",
          UnreadableAnswersTest::langChain4jStream,
          "Spring AI",
          context ->
              as(() -> springAi(context).call(new Prompt("hello")))
                  .getResult()
                  .getOutput()
                  .getText(),
          "Spring AI stream",
          context ->
              as(
                  () ->
                      springAi(context).stream(new Prompt("hello"))
                          .mapNotNull(part -> part.getResult().getOutput().getText())
                          .collectList()
                          .map(parts -> String.join("", parts))
                          .block()));

  private final BedrockSimulator bedrock = BedrockSimulator.start();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer broken;
  private volatile String body = "{}";

  @BeforeEach
  void open() throws IOException {
    broken = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    broken.setExecutor(Executors.newCachedThreadPool());
    broken.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    broken.start();
  }

  @AfterEach
  void close() {
    broken.stop(0);
    bedrock.close();
  }

  static Stream<String> ways() {
    return WAYS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anotherTargetAnswers(String way) {
    runner(
            "resilient.routes.chat.fallbacks=us.anthropic.claude-haiku-4-5-20251001-v1:0@us-west-2/well")
        .run(
            context -> {
              for (String each : List.of("{}", "", "[]", "<html>")) {
                body = each;
                assertThat(WAYS.get(way).apply(context)).isNotBlank();
              }
              assertThat(asked.get()).isPositive();
            });
  }

  @ParameterizedTest
  @MethodSource("ways")
  void soleTargetIsNamed(String way) {
    // Each further try is the same after a pause of seconds.
    runner("resilient.routes.chat.retry.max-attempts=1")
        .run(
            context -> {
              Throwable error = catchThrowable(() -> WAYS.get(way).apply(context));
              assertThat(error)
                  .isNotInstanceOf(NullPointerException.class)
                  .hasMessageContaining(TARGET);
            });
  }

  private ApplicationContextRunner runner(String... more) {
    return new ApplicationContextRunner()
        .withUserConfiguration(BothFrameworksApplication.class)
        .withBean(
            BedrockClients.class, () -> BedrockClients.builder().protocol(Protocol.HTTP1_1).build())
        .withPropertyValues(
            "resilient.backend=aws",
            "resilient.accounts.broken.access-key=AKIAX",
            "resilient.accounts.broken.secret-key=hush",
            "resilient.accounts.broken.endpoint=http://127.0.0.1:" + broken.getAddress().getPort(),
            "resilient.accounts.well.access-key=" + BedrockSimulator.accessKey("well"),
            "resilient.accounts.well.secret-key=" + BedrockSimulator.secretKey(),
            "resilient.accounts.well.endpoint=" + bedrock.endpoint(),
            "resilient.routes.chat.targets=" + TARGET)
        .withPropertyValues(more);
  }

  private static io.github.resilientchat.springai.ResilientChatModel springAi(
      ApplicationContext context) {
    return context.getBean(io.github.resilientchat.springai.ResilientChatModel.class);
  }

  private static <T> T as(Supplier<T> call) {
    return CallerScope.callAs(Caller.user("ann"), call);
  }

  private static String langChain4jStream(ApplicationContext context) {
    try {
      return StreamedAnswer.of(context.getBean(ResilientStreamingChatModel.class), "hello").text();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
