package io.github.resilientchat.autoconfigure.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Code in the guides is that of the classes beside this one and of LangChain4j's module, which the
 * build compiles and runs: a page says {@code <!-- snippet: Type#name -->}, the type {@code //
 * snippet: name} and {@code // end}.
 */
class SnippetsTest {

  private static final Path PAGES = Path.of("..", "docs");
  private static final List<Path> FIRST_PAGES =
      List.of(Path.of("..", "README.md"), Path.of("..", "bedrock-simulator", "README.md"));
  private static final List<Path> SOURCES =
      List.of(
          Path.of("src/test/java/io/github/resilientchat/autoconfigure/guide"),
          Path.of("../langchain4j-resilient/src/test/java/io/github/resilientchat/langchain4j"));
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- snippet: (\\w+)#([\\w-]+) -->\n```java\n(.*?)```\n", Pattern.DOTALL);

  @ParameterizedTest
  @MethodSource
  void pageShowsWhatTheBuildRuns(Path page) throws IOException {
    String text = Files.readString(page);
    String wanted = SNIPPET.matcher(text).replaceAll(SnippetsTest::fresh);
    if (Boolean.getBoolean("snippets.update")) {
      Files.writeString(page, wanted);
    }
    assertThat(text).as("%s; -Dsnippets.update=true writes it anew", page).isEqualTo(wanted);
  }

  /** A page without code leaves its reader guessing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Engine.builder()",
        "PlanQuotas.builder()",
        ".route(answers, this::model)",
        "EngineCustomizer ",
        "BedrockClientCustomizer ",
        "ConfiguredRoutes ",
        "RoutingStrategy ",
        "FailureClassifier ",
        "RouteListener ",
        "BedrockSimulator "
      })
  void codeThatIsCompiledShowsIt(String code) throws IOException {
    StringBuilder shown = new StringBuilder();
    for (Path page : pageShowsWhatTheBuildRuns()) {
      SNIPPET
          .matcher(Files.readString(page))
          .results()
          .forEach(each -> shown.append(each.group(3)));
    }

    assertThat(shown).contains(code);
  }

  /**
   * The design shows types as they are thought, not code to paste; what the README pastes as a file
   * is run as a project.
   */
  @Test
  void noPageShowsCodeThatNothingCompiles() throws IOException {
    assertThat(pages())
        .filteredOn(page -> !page.endsWith("design.md"))
        .allSatisfy(
            page ->
                assertThat(
                        read(page)
                            .replaceAll("<!-- snippet: \\S+ -->\n```java", "")
                            .replaceAll("`src/main/java/\\S+`:\n```java", ""))
                    .as("%s", page)
                    .doesNotContain("```java"));
  }

  static List<Path> pageShowsWhatTheBuildRuns() throws IOException {
    return pages().stream().filter(page -> read(page).contains("<!-- snippet: ")).toList();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      return Stream.concat(
              FIRST_PAGES.stream(), pages.filter(page -> page.toString().endsWith(".md")))
          .sorted()
          .toList();
    }
  }

  private static String fresh(MatchResult snippet) {
    String code = code(snippet.group(1), snippet.group(2));
    return Matcher.quoteReplacement(
        "<!-- snippet: %s#%s -->\n```java\n%s```\n"
            .formatted(snippet.group(1), snippet.group(2), code));
  }

  private static String code(String type, String name) {
    Matcher region =
        Pattern.compile("(?s)// snippet: " + name + "\n(.*?)\n *// end\n").matcher(source(type));
    assertThat(region.find()).as("snippet %s in %s", name, type).isTrue();
    return region.group(1).stripTrailing().stripIndent() + "\n";
  }

  private static String source(String type) {
    return SOURCES.stream()
        .map(folder -> folder.resolve(type + ".java"))
        .filter(Files::exists)
        .map(SnippetsTest::read)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no class " + type + " holds snippets"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
