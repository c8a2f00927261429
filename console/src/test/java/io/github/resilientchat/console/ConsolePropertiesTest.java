package io.github.resilientchat.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.FileSystemResource;

/** {@code docs/properties.md} lists the live page's properties as the metadata describe them. */
class ConsolePropertiesTest {

  private static final Path PAGE = Path.of("..", "docs", "properties.md");
  private static final String BEGIN = "<!-- keys of the live page: printed by its build -->\n";
  private static final String END = "<!-- end of keys of the live page -->";
  private static final String PREFIX = "resilient.console.";
  private static final Map<String, String> EXAMPLES = Map.of("enabled", "true", "role", "OPERATOR");
  private static final Map<String, String> TYPES =
      Map.of("java.lang.Boolean", "`true`, `false`", "java.lang.String", "text");

  @Test
  void pageListsEveryPropertyAsItIsDescribed() throws IOException {
    String page = Files.readString(PAGE);
    String wanted =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + table()
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("properties.update")) {
      Files.writeString(PAGE, wanted);
    }
    assertThat(page)
        .as("docs/properties.md; -Dproperties.update=true writes it anew")
        .isEqualTo(wanted);
  }

  private static String table() throws IOException {
    StringBuilder text =
        new StringBuilder("\n## console\n\n")
            .append("| property | what | type and unit | default | example | overrides |\n")
            .append("|---|---|---|---|---|---|\n");
    JsonNode metadata =
        new ObjectMapper()
            .readTree(
                new FileSystemResource("target/classes/META-INF/spring-configuration-metadata.json")
                    .getFile());
    for (JsonNode property : metadata.get("properties")) {
      assertThat(property.get("name").asText()).startsWith(PREFIX);
      text.append(row(property));
    }
    return text.append('\n').toString();
  }

  private static String row(JsonNode property) {
    String name = property.get("name").asText().substring(PREFIX.length());
    String value = property.path("defaultValue").asText();
    assertThat(EXAMPLES).as("an example").containsKey(name);
    assertThat(TYPES).as("words for the type").containsKey(property.get("type").asText());
    return "| `console.%s` | %s | %s | %s | `%s` |  |\n"
        .formatted(
            name,
            property.get("description").asText().replaceAll("\\s+", " "),
            TYPES.get(property.get("type").asText()),
            value.isEmpty() ? "" : "`" + value + "`",
            EXAMPLES.get(name));
  }
}
