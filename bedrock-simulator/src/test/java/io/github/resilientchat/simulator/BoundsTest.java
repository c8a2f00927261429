package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the simulator keeps and from whom it takes orders. */
class BoundsTest {

  private static final Duration PLAYED = Duration.ofMinutes(1);
  private static final String CONVERSE = "/model/amazon.nova-lite-v1%3A0/converse";

  @Test
  void bodyBeyondTheBoundIsRefusedWith413() throws Exception {
    try (var simulator = BedrockSimulator.builder().bodyLimit(1_000).start()) {
      var response =
          Http.send(
              simulator,
              "POST",
              CONVERSE,
              "x".repeat(5_000),
              "Authorization",
              Http.credential("blue", "us-east-1"));
      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(
              Http.send(
                      simulator,
                      "POST",
                      CONVERSE,
                      Http.BODY,
                      "Authorization",
                      Http.credential("blue", "us-east-1"))
                  .statusCode())
          .isEqualTo(200);
      assertThat(Http.send(simulator, "POST", "/_simulator/faults", "x".repeat(5_000)).statusCode())
          .isEqualTo(413);
    }
  }

  @Test
  void unknownCallerIsRefusedBeforeItsBodyIsRead() throws Exception {
    try (var simulator = BedrockSimulator.start()) {
      var response = Http.send(simulator, "POST", CONVERSE, "x".repeat(1_000_000));
      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(simulator.awaitInvocations(1, Sdk.PATIENCE).get(0).account()).isEqualTo("unknown");
    }
  }

  /** The body never comes whole: an answer shows that nobody waits for it. */
  @ParameterizedTest
  @ValueSource(strings = {"converse", "invoke", "count-tokens"})
  void unknownCallerIsAnsweredBeforeItsBodyIsThere(String operation) throws Exception {
    try (var simulator = BedrockSimulator.start()) {
      String answer =
          RawHttp.status(
              simulator.port(),
              """
              POST /model/amazon.nova-lite-v1%%3A0/%s HTTP/1.1\r
              Host: localhost\r
              Content-Length: 30000000\r
              \r
              {"""
                  .formatted(operation));
      assertThat(answer).startsWith("HTTP/1.1 403");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RoleArn, 2048",
    "RoleSessionName, 64",
    "WebIdentityToken, 20000",
    "Tags.member.1.Key, 128"
  })
  void fieldThatIsTooLongForAnyServiceIsRefusedAndNotKept(String field, int longest)
      throws Exception {
    try (var simulator = BedrockSimulator.start()) {
      var response =
          Http.send(
              simulator,
              "POST",
              "/",
              "Action=AssumeRoleWithWebIdentity&" + field + "=" + "x".repeat(longest + 1),
              "Content-Type",
              "application/x-www-form-urlencoded");
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("ValidationError").doesNotContain("xxx");
      assertThat(simulator.assumptions()).isEmpty();
    }
  }

  @Test
  void tagsOfWhoHasShownNoKeysAreNotKept() throws Exception {
    try (var simulator = BedrockSimulator.start()) {
      Http.send(
          simulator,
          "POST",
          "/",
          "Action=AssumeRoleWithWebIdentity&RoleSessionName=me"
              + "&Tags.member.1.Key=team&Tags.member.1.Value=search",
          "Content-Type",
          "application/x-www-form-urlencoded");
      assertThat(simulator.assumptions())
          .singleElement()
          .satisfies(asked -> assertThat(asked.tags()).isEmpty());
    }
  }

  @Test
  void logKeepsTheLastCalls() throws Exception {
    try (var simulator = BedrockSimulator.builder().logLimit(2).start();
        var client = Sdk.sync(simulator)) {
      Sdk.ask(client, Sdk.NOVA);
      Sdk.ask(client, Sdk.US_CLAUDE);
      Sdk.ask(client, Sdk.GLOBAL_CLAUDE);

      assertThat(simulator.awaitInvocations(3, Sdk.PATIENCE))
          .extracting(Invocation::modelId)
          .containsExactly(Sdk.US_CLAUDE, Sdk.GLOBAL_CLAUDE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example, 403",
    "null, 403",
    "http://localhost:3000, 200",
    "http://127.0.0.1, 200"
  })
  void pageOfAnotherHostCannotLeadTheSimulator(String origin, int status) throws Exception {
    try (var simulator = BedrockSimulator.start()) {
      var response = Http.send(simulator, "GET", "/_simulator/state", "", "Origin", origin);
      assertThat(response.statusCode()).isEqualTo(status);
    }
  }

  @Test
  void nameThatOnlyResolvesToThisMachineCannotLeadTheSimulator() throws Exception {
    try (var simulator = BedrockSimulator.start()) {
      String answer =
          RawHttp.exchange(
              simulator.port(),
              "GET /_simulator/state HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void trailTellsWhichRegionServed() throws Exception {
    try (var simulator = BedrockSimulator.start();
        var client = Sdk.sync(simulator)) {
      Sdk.ask(client, Sdk.US_CLAUDE);
      var record =
          Http.json(Http.send(simulator, "GET", "/_simulator/cloudtrail", ""))
              .path("Records")
              .path(0);
      assertThat(record.path("eventName").asText()).isEqualTo("Converse");
      assertThat(record.path("awsRegion").asText()).isEqualTo("us-east-1");
      assertThat(record.at("/additionalEventData/inferenceRegion").asText()).startsWith("us-");
    }
  }

  @Test
  void scenarioSetsTheStageAndPlaysOn(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("outage.txt");
    Files.writeString(
        file,
        """
        # blue is throttled from the start, and the east fails soon after
        0    PUT  quotas  {"kind": "REQUESTS_PER_MINUTE", "limit": 0, "account": "blue"}
        20ms POST faults  {"kind": "HTTP_ERROR", "status": 503, "errorType": "ServiceUnavailableException", "message": "Busy"}
        """);
    try (var simulator = BedrockSimulator.builder().scenario(file).start()) {
      assertThat(simulator.bedrock().quotas().limit(key())).isZero();
      await()
          .atMost(PLAYED)
          .untilAsserted(() -> assertThat(simulator.bedrock().faults().list()).hasSize(1));
    }
  }

  private static BucketKey key() {
    return new BucketKey(
        Quota.Kind.REQUESTS_PER_MINUTE, "blue", "us-east-1", Sdk.NOVA, Family.ON_DEMAND);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "soon DELETE faults | line 1: 'soon' is not a duration",
        "5s faults | line 1: write <time> <METHOD>",
        "5s DELETE weather | no operation 'DELETE weather'"
      })
  void wrongScenarioStopsTheStart(String line, String message, @TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("wrong.txt"), line);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BedrockSimulator.builder().scenario(file).start().close())
        .withMessageContaining(message);
  }
}
