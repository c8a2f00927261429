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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Code in the guides is that of the classes beside this one, which the build compiles and runs: a
 * page says {@code <!-- snippet: Type#name -->}, the type {@code // snippet: name} and {@code //
 * end}.
 */
class SnippetsTest {

  private static final Path PAGES = Path.of("..", "docs");
  private static final Path SOURCES =
      Path.of("src/test/java/io/github/resilientchat/autoconfigure/guide");
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

  static List<Path> pageShowsWhatTheBuildRuns() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      return pages
          .filter(page -> page.toString().endsWith(".md"))
          .filter(page -> read(page).contains("<!-- snippet: "))
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
        Pattern.compile("(?s)// snippet: " + name + "\n(.*?)\n *// end\n")
            .matcher(read(SOURCES.resolve(type + ".java")));
    assertThat(region.find()).as("snippet %s in %s", name, type).isTrue();
    return region.group(1).stripTrailing().stripIndent() + "\n";
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
