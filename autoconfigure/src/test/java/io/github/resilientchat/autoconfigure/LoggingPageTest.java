package io.github.resilientchat.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/logging.md} lists every logger of the modules that applications use. */
class LoggingPageTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern LOGGER = Pattern.compile("getLogger\\(\\s*([^)]+?)\\s*\\)");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.]+)` \\|");

  @Test
  void everyLoggerHasARow() throws IOException {
    assertThat(rows()).containsExactlyInAnyOrderElementsOf(loggers());
  }

  private static Set<String> rows() throws IOException {
    return ROW.matcher(Files.readString(ROOT.resolve("docs/logging.md")))
        .results()
        .map(row -> row.group(1))
        .collect(Collectors.toSet());
  }

  private static Set<String> loggers() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String module :
        Set.of(
            "core",
            "bedrock",
            "redis-store",
            "observation",
            "langchain4j-resilient",
            "spring-ai-resilient",
            "autoconfigure",
            "autoconfigure-spring-ai-2",
            "bedrock-simulator")) {
      try (Stream<Path> sources = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
          String text = Files.readString(source);
          LOGGER.matcher(text).results().forEach(found -> names.add(name(found, text)));
        }
      }
    }
    return names;
  }

  /** As written in quotes, or that of a class that the source imports or shares a package with. */
  private static String name(MatchResult found, String source) {
    String argument = found.group(1);
    if (argument.startsWith("\"")) {
      return argument.replace("\"", "");
    }
    String type = argument.replace(".class", "");
    return Pattern.compile("(?m)^import ([\\w.]+\\." + type + ");")
        .matcher(source)
        .results()
        .map(each -> each.group(1))
        .findFirst()
        .orElseGet(() -> source.replaceAll("(?s).*?\\bpackage ([\\w.]+);.*", "$1") + "." + type);
  }
}
