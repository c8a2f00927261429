package io.github.resilientchat.autoconfigure.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilientchat.autoconfigure.Metadata;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What editors are told of the properties. */
class MetadataTest {

  private final JsonNode metadata = Metadata.read();

  @Test
  void everyPropertyOutsideMapsIsDescribed() {
    List<String> described = names("properties");

    assertThat(KnownKeys.of(PropertyRecords.of(getClass().getClassLoader())).leaves())
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

  private List<String> names(String group) {
    return StreamSupport.stream(metadata.get(group).spliterator(), false)
        .map(node -> node.get("name").asText())
        .filter(name -> name.startsWith("resilient"))
        .toList();
  }
}
