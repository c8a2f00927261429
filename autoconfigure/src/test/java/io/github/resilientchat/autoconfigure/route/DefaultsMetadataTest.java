package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilientchat.autoconfigure.Metadata;
import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.core.route.Route;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The defaults that the metadata tell are those of the code. */
class DefaultsMetadataTest {

  private static final String TARGET = "resilient.routes.chat.targets=a.b@us-east-1";

  @ParameterizedTest
  @MethodSource
  void writingADefaultChangesNothing(String property) {
    Route with = Startup.routes(TARGET, property).route("chat");
    Route without = Startup.routes(TARGET).route("chat");

    assertThat(with.policy()).isEqualTo(without.policy());
    assertThat(with.tiers().get(0).strategy()).hasSameClassAs(without.tiers().get(0).strategy());
  }

  static Stream<String> writingADefaultChangesNothing() {
    return StreamSupport.stream(Metadata.read().get("properties").spliterator(), false)
        .filter(node -> node.get("name").asText().startsWith("resilient.defaults."))
        .filter(node -> node.has("defaultValue"))
        .map(node -> node.get("name").asText() + "=" + text(node.get("defaultValue")));
  }

  private static String text(JsonNode value) {
    return value.asText();
  }
}
