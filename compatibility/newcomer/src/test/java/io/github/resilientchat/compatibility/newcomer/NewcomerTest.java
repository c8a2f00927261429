package io.github.resilientchat.compatibility.newcomer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The first application of somebody who has read the first page. */
@ExtendWith(OutputCaptureExtension.class)
class NewcomerTest {

  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * A Bedrock that takes its time for each word: an error right behind a text overtakes it in
   * Spring AI's model. No configuration by annotation, which the application's own scan would find.
   */
  static class Paced {

    @Bean
    BedrockSimulator bedrock() {
      return BedrockSimulator.builder().tokenInterval(Duration.ofMillis(250)).start();
    }
  }

  /**
   * The password is only so that the test knows it, the platform is the build's own, and what the
   * simulator's server says of a machine that stands still is not about the application.
   */
  private static SpringApplicationBuilder application(String limits) {
    return new SpringApplicationBuilder(NewcomersApplication.class)
        .properties(
            "server.port=0",
            "spring.security.user.password=secret",
            "spring.main.cloud-platform=none",
            "logging.level.io.vertx.core.impl.BlockedThreadChecker=off",
            "resilient.quotas.default.limits=" + limits);
  }

  private static ConfigurableApplicationContext start(String limits) {
    return application(limits).run();
  }

  /** Spring AI logs a stream that broke on a thread that may still do so in the next test. */
  private static ConfigurableApplicationContext startForABrokenStream() {
    return application("5rpm")
        .sources(Paced.class)
        .properties(
            "logging.level.org.springframework.ai.chat.model.MessageAggregator=off",
            "logging.level.org.springframework.ai.bedrock.converse.api.ConverseChatResponseStream=off")
        .run();
  }

  private HttpResponse<String> get(
      ConfigurableApplicationContext application, String path, String... headers) throws Exception {
    String port = application.getEnvironment().getProperty("local.server.port");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String[] signedIn() {
    byte[] user = "user:secret".getBytes(StandardCharsets.UTF_8);
    return new String[] {"Authorization", "Basic " + Base64.getEncoder().encodeToString(user)};
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/spring-ai/ask",
        "/spring-ai/stream",
        "/langchain4j/ask",
        "/langchain4j/emitter",
        "/callable",
        "/async",
        "/entity"
      })
  void everyWayToAModelIsTheSignedInUsers(String path) throws Exception {
    try (ConfigurableApplicationContext application = start("1rpm")) {
      HttpResponse<String> served = get(application, path, signedIn());
      HttpResponse<String> refused = get(application, path, signedIn());

      assertThat(served.statusCode()).as(served.body()).isEqualTo(200);
      assertThat(served.headers().firstValue("RateLimit")).hasValue("\"user-rpm\";r=0");
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
    }
  }

  @Test
  void chatMemoryIsInjectedAsWithSpringAisOwnStarter() throws Exception {
    try (ConfigurableApplicationContext application = start("9rpm")) {
      assertThat(get(application, "/spring-ai/remembered", signedIn()).body()).isEqualTo("2");
      assertThat(get(application, "/spring-ai/remembered", signedIn()).body()).isEqualTo("4");
    }
  }

  @Test
  void aQuotaIsOneOverBothFrameworksAndItsEndIsNoError(CapturedOutput output) throws Exception {
    try (ConfigurableApplicationContext application = start("2rpm, 100ktpm")) {
      assertThat(get(application, "/spring-ai/ask", signedIn()).statusCode()).isEqualTo(200);
      assertThat(get(application, "/langchain4j/ask", signedIn()).statusCode()).isEqualTo(200);

      HttpResponse<String> refused = get(application, "/spring-ai/ask", signedIn());

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
          .isBetween(1L, 65L);
      assertThat(refused.headers().firstValue("RateLimit-Policy"))
          .hasValue("\"user-rpm\";q=2;w=60");
      assertThat(refused.body()).contains("\"violated-policies\":[\"user-rpm\"]");
      assertThat(output.getAll())
          .contains("begin anew in the zone Z")
          .doesNotContain("\tat ", "QuotaExceededException: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/spring-ai/stream", "/langchain4j/emitter"})
  void aStreamThatBreaksEndsWithTheProblem(String path) throws Exception {
    try (ConfigurableApplicationContext application = startForABrokenStream()) {
      application
          .getBean(BedrockSimulator.class)
          .fault(Fault.streamException(3, "modelStreamErrorException", "broken"));

      HttpResponse<String> answer = get(application, path, signedIn());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body())
          .contains("data:")
          .contains("event:error")
          .contains("\"status\":502");
    }
  }

  @Test
  void whoHasNotSignedInIsAskedTo() throws Exception {
    try (ConfigurableApplicationContext application = start("2rpm")) {
      assertThat(get(application, "/spring-ai/ask").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void workOnAThreadThatNobodyCarriedTheUserToIsRefusedAndSaysHow(CapturedOutput output)
      throws Exception {
    try (ConfigurableApplicationContext application = start("2rpm")) {
      assertThat(get(application, "/bare-thread", signedIn()).statusCode()).isEqualTo(403);
      assertThat(output.getAll()).contains("CallerCarrier").doesNotContain("\tat ");
    }
  }
}
