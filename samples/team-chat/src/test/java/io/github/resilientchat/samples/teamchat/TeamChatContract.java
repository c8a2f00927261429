package io.github.resilientchat.samples.teamchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Signs in and asks, over real HTTP. */
@ExtendWith(OutputCaptureExtension.class)
abstract class TeamChatContract {

  private static final int QUIET_LOOKS = 10;

  private final HttpClient http = HttpClient.newHttpClient();
  private ConfigurableApplicationContext application;
  private String origin;

  abstract WebApplicationType type();

  @BeforeEach
  void start() {
    application =
        new SpringApplicationBuilder(TeamChatApplication.class, Paced.class)
            .web(type())
            .properties(
                "spring.main.cloud-platform=none",
                "spring.main.banner-mode=off",
                // What the simulator's server says of a machine that stands still.
                "logging.level.io.vertx.core.impl.BlockedThreadChecker=off")
            .run("--server.port=0");
    application.getBean(BedrockSimulator.class).answer(call -> Answer.text("Simulated answer."));
    origin = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
  }

  @AfterEach
  void stop() {
    application.close();
  }

  private String signIn(String name) throws Exception {
    String credentials =
        Base64.getEncoder().encodeToString((name + ":secret").getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin + "/sign-in"))
            .header("Authorization", "Basic " + credentials)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> ask(String path, String token) throws Exception {
    return http.send(question(path, token), BodyHandlers.ofString());
  }

  private HttpRequest question(String path, String token) {
    return HttpRequest.newBuilder(URI.create(origin + path + "?question=Hello"))
        .header("Authorization", "Bearer " + token)
        .timeout(Duration.ofSeconds(60))
        .build();
  }

  @Test
  void oneUsersQuotaIsOneOverBothFrameworksAndNobodyElses() throws Exception {
    String bob = signIn("bob");
    String[] paths = {
      "/spring-ai/ask", "/langchain4j/ask", "/spring-ai/stream", "/langchain4j/stream"
    };
    int served = 0;
    int refused = 0;
    for (int i = 0; i < 12; i++) {
      HttpResponse<String> answer = ask(paths[i % paths.length], bob);
      served += answer.statusCode() == 200 ? 1 : 0;
      refused += answer.statusCode() == 429 ? 1 : 0;
    }

    assertThat(served).isEqualTo(5);
    assertThat(refused).isEqualTo(7);
    assertThat(ask("/spring-ai/ask", signIn("alice")).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/spring-ai/ask", "/langchain4j/ask"})
  void answersSayWhatIsLeftAndRefusalsWhenToComeBack(String path) throws Exception {
    String bob = signIn("bob");
    HttpResponse<String> first = ask(path, bob);
    assertThat(first.headers().firstValue("RateLimit").orElseThrow()).contains("\"user-rpm\";r=4");
    HttpResponse<String> last = first;
    for (int i = 0; i < 5; i++) {
      last = ask(path, bob);
    }

    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(last.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 65L);
    assertThat(last.body()).contains("quota-exceeded").doesNotContain("bob");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/spring-ai/stream", "/langchain4j/stream"})
  void aBrokenStreamEndsWithTheProblem(String path) throws Exception {
    String bob = signIn("bob");
    application
        .getBean(BedrockSimulator.class)
        .fault(Fault.streamException(3, "modelStreamErrorException", "broken"));

    HttpResponse<String> answer = ask(path, bob);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("event:error").contains("\"status\":502");
    assertThat(answer.body()).doesNotContain("event:end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/spring-ai/stream", "/langchain4j/stream"})
  void aClientThatLeavesBeforeTheFirstPartEndsTheStreamAtTheModel(String path) throws Exception {
    BedrockSimulator bedrock = application.getBean(BedrockSimulator.class);
    bedrock.answer(call -> Answer.text("word ".repeat(50_000)));
    bedrock.fault(Fault.latency(Duration.ofSeconds(2)).times(1));
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(question(path, signIn("bob")), BodyHandlers.ofString());
    bedrock.awaitOpen(1, Duration.ofSeconds(20));

    answer.cancel(true);

    bedrock.awaitIdle(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/spring-ai/stream", "/langchain4j/stream"})
  void aWholeStreamSaysSo(String path) throws Exception {
    HttpResponse<String> answer = ask(path, signIn("bob"));

    assertThat(List.of(answer.body().strip().split("\n\n")))
        .hasSizeGreaterThan(2)
        .last()
        .asString()
        .startsWith("event:end");
    assertThat(answer.body())
        .contains("data:{\"text\":\"Simulated \"}")
        .doesNotContain("event:error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/spring-ai/stream", "/langchain4j/stream"})
  void aBrowserThatConnectsAgainByItselfAsksNothing(String path) throws Exception {
    HttpRequest again =
        HttpRequest.newBuilder(URI.create(origin + path + "?question=Hello"))
            .header("Authorization", "Bearer " + signIn("bob"))
            .header("Last-Event-ID", "1")
            .build();

    assertThat(http.send(again, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
    assertThat(application.getBean(BedrockSimulator.class).invocations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/spring-ai/stream", "/langchain4j/stream"})
  void aBrokenStreamIsAFewLinesInTheLog(String path, CapturedOutput log) throws Exception {
    String bob = signIn("bob");
    application
        .getBean(BedrockSimulator.class)
        .fault(Fault.streamException(3, "modelStreamErrorException", "broken"));
    ask(path, signIn("alice"));
    long before = linesOnceNobodyWrites(log);

    ask(path, bob);

    linesOnceNobodyWrites(log);
    assertThat(log.toString().lines().skip(before)).hasSizeLessThan(5);
  }

  /** Threads that an answer leaves behind log too. A machine that stood still has looked once. */
  private long linesOnceNobodyWrites(CapturedOutput log) throws Exception {
    application.getBean(BedrockSimulator.class).awaitIdle(Duration.ofSeconds(60));
    List<Long> seen = new ArrayList<>();
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              seen.add(log.toString().lines().count());
              int last = seen.size() - 1;
              return last >= QUIET_LOOKS && seen.get(last - QUIET_LOOKS).equals(seen.get(last));
            });
    return seen.get(seen.size() - 1);
  }

  @Test
  void thePageIsThereForEverybody() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(origin + "/index.html")).build();
    HttpResponse<String> page = http.send(request, BodyHandlers.ofString());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("spring-ai", "langchain4j", "/stream?question=", "'event:'");
  }

  @Test
  void nobodyIsServedWithoutAToken() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin + "/spring-ai/ask?question=Hello")).build();

    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
  }
}
