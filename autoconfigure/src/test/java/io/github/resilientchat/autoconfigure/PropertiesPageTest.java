package io.github.resilientchat.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** {@code docs/properties.md} lists every property as the metadata describe it. */
class PropertiesPageTest {

  private static final Path PAGE = Path.of("..", "docs", "properties.md");
  private static final String BEGIN = "<!-- keys: printed by the build -->\n";
  private static final String END = "<!-- end of keys -->";
  private static final String EXAMPLES = "reference/examples.properties";

  private final Map<String, DescribedKey> keys = DescribedKey.all();

  @Test
  void pageListsEveryPropertyAsItIsDescribed() throws IOException {
    String page = Files.readString(PAGE);
    String wanted =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + tables()
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("properties.update")) {
      Files.writeString(PAGE, wanted);
    }
    assertThat(page)
        .as("docs/properties.md; -Dproperties.update=true writes it anew")
        .isEqualTo(wanted);
  }

  @Test
  void everyPropertyIsDescribedAndSaysWhatHoldsWithoutIt() {
    assertThat(keys.values())
        .isNotEmpty()
        .allSatisfy(
            key -> {
              assertThat(key.description()).as(key.path()).endsWith(".");
              assertThat(key.tellsOfAbsence(keys.keySet()))
                  .as(
                      "resilient.%s has a default in the metadata, overrides another property, is"
                          + " required, or says what happens when not set",
                      key.path())
                  .isTrue();
            });
  }

  @Test
  void examplesStartAnApplicationTogether() {
    Startup.runner()
        .withInitializer(new PropertiesFile(EXAMPLES))
        .run(context -> assertThat(context).hasNotFailed());
  }

  private String tables() throws IOException {
    Map<String, String> examples = examples();
    Set<String> groups = new LinkedHashSet<>(DescribedKey.groups());
    keys.values().forEach(key -> groups.add(key.group()));
    StringBuilder text = new StringBuilder();
    for (String group : groups) {
      text.append("\n## ").append(group).append("\n\n");
      text.append("| property | what | type and unit | default | example | overrides |\n");
      text.append("|---|---|---|---|---|---|\n");
      keys.values().stream()
          .filter(key -> key.group().equals(group))
          .forEach(key -> text.append(row(key, examples)));
    }
    return text.append('\n').toString();
  }

  private String row(DescribedKey key, Map<String, String> examples) {
    String example = examples.get(key.path());
    assertThat(example).as("an example of resilient.%s in %s", key.path(), EXAMPLES).isNotNull();
    String overridden = key.overridden(keys.keySet());
    return "| `%s` | %s | %s | %s | `%s` | %s |\n"
        .formatted(
            key.path().replace("*", "<name>"),
            key.description().replaceAll("\\s+", " ").replace("|", "\\|"),
            key.words(),
            key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`",
            example.replace("|", "\\|"),
            overridden == null ? "" : "`" + overridden.replace("*", "<name>") + "`");
  }

  /** The first example of each property, by its path. */
  private Map<String, String> examples() throws IOException {
    Properties file = new Properties();
    try (Reader reader =
        new InputStreamReader(
            new ClassPathResource(EXAMPLES).getInputStream(), StandardCharsets.UTF_8)) {
      file.load(reader);
    }
    Map<String, String> examples = new TreeMap<>();
    for (String name : List.copyOf(file.stringPropertyNames()).stream().sorted().toList()) {
      String path = name.substring("resilient.".length());
      String pattern =
          keys.keySet().stream()
              .filter(key -> path.matches(key.replace(".", "\\.").replace("*", "[^.]+")))
              .findFirst()
              .orElseThrow(() -> new AssertionError(name + " is no property"));
      String value = file.getProperty(name);
      examples.merge(
          pattern, value, (first, later) -> first.length() < later.length() ? later : first);
    }
    return examples;
  }
}
