package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that shows what follows from each error leaves out none that is told apart. */
class BedrockPageRowsTest {

  private static final Path PAGE = Path.of("..", "docs", "bedrock.md");
  private static final String BEGIN = "<!-- errors: printed by the build -->";
  private static final String END = "<!-- end of errors -->";

  /** Such as {@code | 429 ThrottlingException | Too many requests. | THROTTLED | ...}. */
  private static final Pattern ROW =
      Pattern.compile("^\\| (\\d{3}) (\\w+) \\| ([^|]+) \\|", Pattern.MULTILINE);

  @Test
  void eachLineOfTheTableIsProvokedByARow() throws IOException {
    String page = Files.readString(PAGE);
    Matcher row = ROW.matcher(page.substring(page.indexOf(BEGIN), page.indexOf(END)));
    Set<AnswerRule> provoked = new LinkedHashSet<>();
    while (row.find()) {
      ServiceErrors.ruleOf(row.group(2), Integer.parseInt(row.group(1)), row.group(3))
          .ifPresent(provoked::add);
    }
    assertThat(provoked)
        .as("add a row to BedrockErrors.INSTEAD for what is missing, and print the page anew")
        .containsExactlyInAnyOrderElementsOf(ServiceErrors.TABLE);
  }
}
