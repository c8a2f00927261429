package io.github.resilientchat.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What editors are told of the properties. */
class MetadataTest {

  private final JsonNode metadata = read();

  @Test
  void everyPropertyOutsideMapsIsDescribed() {
    List<String> described = names("properties");

    assertThat(KnownKeys.leaves())
        .map(path -> "resilient." + String.join(".", path))
        .filteredOn(key -> !key.contains("*"))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(described).contains(key));
    assertThat(metadata.get("properties"))
        .allSatisfy(property -> assertThat(property.path("description").asText()).endsWith("."));
  }

  @Test
  void noSecretHasADefault() {
    assertThat(metadata.toString()).doesNotContainIgnoringCase("AKIA");
  }

  @Test
  void hintsAreForPropertiesThatExist() {
    List<String> described = names("properties");
    assertThat(names("hints"))
        .map(hint -> hint.replaceAll("\\.keys$", ""))
        .allSatisfy(hint -> assertThat(described).contains(hint));
  }

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

  private List<String> names(String group) {
    return StreamSupport.stream(metadata.get(group).spliterator(), false)
        .map(node -> node.get("name").asText())
        .filter(name -> name.startsWith("resilient"))
        .toList();
  }

  private static JsonNode read() {
    try {
      String own = MetadataTest.class.getProtectionDomain().getCodeSource().getLocation().getPath();
      return new ObjectMapper()
          .readTree(
              new java.io.File(own, "../classes/META-INF/spring-configuration-metadata.json"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
