package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a simulator says that nobody scripted, and how it starts over. */
class SchemaAnswerTest {

  private static final String PROMPT =
      """
      Who wrote it? Your response should be in JSON format.
      ```{
        "$schema" : "https://json-schema.org/draft/2020-12/schema",
        "type" : "object",
        "properties" : {
          "name" : { "type" : "string" },
          "born" : { "type" : "string", "format" : "date" },
          "books" : { "type" : "array", "items" : { "$ref" : "#/$defs/Book" } },
          "alive" : { "type" : "boolean" },
          "kind" : { "type" : "string", "enum" : [ "POET", "OTHER" ] }
        },
        "$defs" : { "Book" : { "type" : "object", "properties" : { "pages" : { "type" : "integer" } } } }
      }```
      """;

  @Test
  void aSchemaInThePromptIsAnsweredWithJsonThatFits() {
    assertThat(SchemaAnswer.to(PROMPT))
        .contains(
            "{\"name\":\"simulated\",\"born\":\"2000-01-01\",\"books\":[{\"pages\":1}],"
                + "\"alive\":true,\"kind\":\"POET\"}");
  }

  @Test
  void noSchemaIsNoJson() {
    assertThat(SchemaAnswer.to("Write {\"a\": 1}")).isEmpty();
    assertThat(SchemaAnswer.to("{ \"$schema\": broken")).isEmpty();
  }

  @Test
  void aSchemaThatRefersToItselfEnds() {
    assertThat(
            SchemaAnswer.to(
                "{\"$schema\":\"x\",\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#\"}}}"))
        .isPresent();
  }

  @Test
  void theCallIsAnsweredSo() {
    try (BedrockSimulator simulator = BedrockSimulator.start();
        var client = Sdk.sync(simulator)) {
      var answer = client.converse(r -> r.modelId(Sdk.NOVA).messages(Sdk.user(PROMPT)));

      assertThat(answer.output().message().content().get(0).text()).startsWith("{\"name\":");
    }
  }

  @Test
  void startingOverForgetsScriptsFaultsAndQuotas() {
    try (BedrockSimulator simulator =
            BedrockSimulator.builder().quota(Quota.requestsPerMinute(100)).start();
        var client = Sdk.sync(simulator)) {
      simulator.answer(call -> Answer.text("scripted"));
      simulator.quota(Quota.requestsPerMinute(1));
      simulator.fault(Fault.latency(Duration.ofMillis(1)));
      Sdk.ask(client, Sdk.NOVA);

      simulator.startOver();

      assertThat(simulator.invocations()).isEmpty();
      for (int i = 0; i < 3; i++) {
        assertThat(Sdk.ask(client, Sdk.NOVA).output().message().content().get(0).text())
            .startsWith("Simulated answer");
      }
    }
  }
}
