package io.github.resilientchat.autoconfigure.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Fault;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;

/** What clients of running streams hear when the application stops. */
class GracefulShutdownTest {

  private static final String WHOLE = "word ".repeat(300) + "end.";

  /** Reads the first part, lets the application stop, and reads on to the end of the response. */
  private static String streamedWhileItStops(EdgeServer server, String path) throws Exception {
    HttpResponse<InputStream> answer =
        server.http().send(server.request(path, "alice"), BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    CompletableFuture<Void> stopped;
    try (BufferedReader events =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      String first = events.readLine();
      stopped = CompletableFuture.runAsync(server::close, task -> new Thread(task).start());
      String rest = events.lines().collect(Collectors.joining("\n"));
      stopped.get(60, TimeUnit.SECONDS);
      return first + "\n" + rest;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SERVLET,/spring/stream",
    "SERVLET,/langchain4j/stream",
    "REACTIVE,/spring/stream",
    "REACTIVE,/langchain4j/stream"
  })
  void streamThatRunsEndsWhole(WebApplicationType type, String path) throws Exception {
    EdgeServer server =
        EdgeServer.start(
            type, "server.shutdown=graceful", "spring.lifecycle.timeout-per-shutdown-phase=60s");
    server.bedrock().answer(call -> Answer.text(WHOLE));

    List<CallReport> reports = server.reports();

    String body = streamedWhileItStops(server, path);

    String said =
        body.lines().map(line -> line.replaceFirst("^data:", "")).collect(Collectors.joining());
    assertThat(said).endsWith("end.").doesNotContain("event:error");
    assertThat(said.split("word", -1)).hasSize(301);
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.ANSWERED);
  }

  @ParameterizedTest
  @CsvSource({"SERVLET,/spring/stream", "SERVLET,/langchain4j/stream", "REACTIVE,/spring/stream"})
  void streamThatTakesLongerThanThereIsTimeEndsAsCancelled(WebApplicationType type, String path)
      throws Exception {
    EdgeServer server =
        EdgeServer.startWith(
            PatientEnd.class,
            type,
            "server.shutdown=graceful",
            "spring.lifecycle.timeout-per-shutdown-phase=8s");
    server.bedrock().answer(call -> Answer.text(WHOLE));
    server.bedrock().fault(Fault.stall(5));

    List<CallReport> reports = server.reports();

    String body = streamedWhileItStops(server, path);

    assertThat(body)
        .as("in good order, with the problem as its last event")
        .contains("data:word")
        .contains("event:error")
        .contains("\"status\":503", "The application stops");
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
  }

  /**
   * Spring waits longer than the property says, by which streams are cancelled: a machine that
   * stands still between both would have Spring close what clients are told by.
   */
  @Configuration(proxyBeanMethods = false)
  static class PatientEnd {

    @Bean
    DefaultLifecycleProcessor lifecycleProcessor() {
      DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();
      processor.setTimeoutPerShutdownPhase(60_000);
      return processor;
    }
  }
}
