package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilientchat.autoconfigure.Metadata;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What editors are told of the strategies. */
class StrategyMetadataTest {

  private final JsonNode metadata = Metadata.read();

  @Test
  void everyStrategyAndTheDefaultOneAreOffered() {
    assertThat(named("properties", "resilient.defaults.strategy").path("defaultValue").asText())
        .isEqualTo("adaptive");
    assertThat(named("hints", "resilient.defaults.strategy").path("values"))
        .extracting(value -> value.path("value").asText())
        .containsExactlyElementsOf(
            Stream.of(Strategy.values())
                .map(strategy -> strategy.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList());
  }

  private JsonNode named(String group, String name) {
    return StreamSupport.stream(metadata.get(group).spliterator(), false)
        .filter(node -> node.get("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
