package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

class AdminApiTest {

  private final BedrockSimulator simulator = BedrockSimulator.start();
  private final BedrockRuntimeClient client = Sdk.sync(simulator);

  @AfterEach
  void close() {
    client.close();
    simulator.close();
  }

  @Test
  void stateShowsAccountsBudgetsAndFaults() throws Exception {
    Sdk.ask(client, Sdk.NOVA);
    simulator.fault(Fault.stall(4).account("green").times(2));
    JsonNode state = call("GET", "state", "");
    assertThat(state.path("accounts").toString()).isEqualTo("[\"blue\"]");
    assertThat(state.path("openExchanges").asInt()).isZero();
    assertThat(state.path("faults").toString())
        .isEqualTo("[{\"kind\":\"STALL\",\"account\":\"green\",\"times\":2,\"afterFrames\":4}]");
    JsonNode requests = state.path("quotas").path(0);
    assertThat(requests.path("kind").asText()).isEqualTo("REQUESTS_PER_MINUTE");
    assertThat(requests.path("remaining").asLong()).isBetween(9_999L, 10_000L);
    assertThat(requests.path("limit").asLong()).isEqualTo(10_000);
  }

  @Test
  void logCanBeNarrowedAndCleared() throws Exception {
    Sdk.ask(client, Sdk.NOVA);
    Sdk.ask(client, Sdk.US_CLAUDE);
    try (var green = Sdk.sync(simulator, "green", "us-west-2")) {
      Sdk.ask(green, Sdk.NOVA);
    }
    assertThat(call("GET", "log", "")).hasSize(3);
    JsonNode last = call("GET", "log?account=blue&limit=1", "");
    assertThat(last).hasSize(1);
    assertThat(last.path(0).path("modelId").asText()).isEqualTo(Sdk.US_CLAUDE);
    assertThat(last.path(0).path("inferenceRegion").asText()).startsWith("us-");
    call("DELETE", "log", "");
    assertThat(call("GET", "log", "")).isEmpty();
  }

  @Test
  void postedFaultStrikesUntilDeleted() throws Exception {
    call(
        "POST",
        "faults",
        "{\"kind\":\"HTTP_ERROR\",\"status\":503,\"errorType\":\"ServiceUnavailableException\","
            + "\"message\":\"Busy\",\"retryAfter\":\"2s\",\"account\":\"blue\"}");
    assertThatThrownBy(() -> Sdk.ask(client, Sdk.NOVA)).hasMessageContaining("Busy");
    call("DELETE", "faults", "");
    Sdk.ask(client, Sdk.NOVA);
  }

  @ParameterizedTest
  @EnumSource(Fault.Kind.class)
  void everyKindOfFaultCanBePosted(Fault.Kind kind) throws Exception {
    String json =
        "{\"kind\":\"%s\",\"status\":503,\"errorType\":\"x\",\"message\":\"y\",\"delay\":\"1s\"}";
    call("POST", "faults", json.formatted(kind));
    assertThat(call("GET", "state", "").path("faults").path(0).path("kind").asText())
        .isEqualTo(kind.name());
  }

  @Test
  void putQuotasLimitTheNextCalls() throws Exception {
    call(
        "PUT",
        "quotas",
        "[{\"kind\":\"REQUESTS_PER_MINUTE\",\"limit\":0,\"account\":\"blue\","
            + "\"family\":\"CROSS_REGION\"}]");
    Sdk.ask(client, Sdk.NOVA);
    assertThatThrownBy(() -> Sdk.ask(client, Sdk.US_CLAUDE)).hasMessageContaining("requests");
  }

  @Test
  void resetEmptiesLogAndFaults() throws Exception {
    Sdk.ask(client, Sdk.NOVA);
    simulator.fault(Fault.hang());
    call("POST", "reset", "");
    JsonNode state = call("GET", "state", "");
    assertThat(state.path("faults")).isEmpty();
    assertThat(state.path("accounts")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | faults | {\"kind\":\"NAP\"} | field 'kind' must be one of [HTTP_ERROR",
        "POST | faults | {} | field 'kind' must be one of",
        "POST | faults | {\"kind\":\"HANG\",\"tmes\":1} | unknown field 'tmes'; allowed: account",
        "POST | faults | {\"kind\":\"HANG\",\"times\":\"1\"} | field 'times' must be a whole number",
        "POST | faults | {\"kind\":\"HANG\",\"times\":99999999999} | overflow",
        "POST | faults | {\"kind\":\"LATENCY\"} | field 'delay' must be text",
        "POST | faults | {\"kind\":\"LATENCY\",\"delay\":\"soon\"} | field 'delay': 'soon' is not",
        "POST | faults | {\"kind\":\"HTTP_ERROR\"} | field 'status' must be a whole number",
        "POST | faults | {\"kind\": | not JSON",
        "POST | faults | 7 | expected a JSON object",
        "PUT | quotas | {\"kind\":\"TOKENS_PER_DAY\",\"limit\":-1} | limit must not be negative",
        "PUT | quotas | {\"kind\":\"TOKENS_PER_DAY\",\"limit\":1,\"model\":\"m\"} | leave out model",
        "GET | log?limit=x | '' | parameter 'limit' must be a whole number"
      })
  void badInputIsExplained(String method, String operation, String body, String message)
      throws Exception {
    var response = Http.send(simulator, method, "/_simulator/" + operation, body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Http.json(response).path("message").asText()).contains(message);
  }

  @Test
  void unknownOperationListsTheKnownOnes() throws Exception {
    var response = Http.send(simulator, "GET", "/_simulator/nonsense", "");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("GET state", "PUT quotas");
  }

  private JsonNode call(String method, String operation, String body) throws Exception {
    var response = Http.send(simulator, method, "/_simulator/" + operation, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Http.json(response);
  }
}
