package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part about Bedrock of the page of failures is what the classifier goes by. */
class FailurePageTest {

  private static final Path PAGE = Path.of("..", "docs", "failures.md");
  private static final String BEGIN = "<!-- bedrock -->";
  private static final String END = "<!-- /bedrock -->";

  @Test
  void pageIsWhatTheClassifierGoesBy() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page).contains(BEGIN, END);
    String written = page.substring(page.indexOf(BEGIN), page.indexOf(END) + END.length());
    if (Boolean.getBoolean("failures.update")) {
      Files.writeString(PAGE, page.replace(written, section()));
    } else {
      assertThat(written)
          .as("run this test with -Dfailures.update=true to write the page anew")
          .isEqualTo(section());
    }
  }

  private static String section() {
    List<String> lines = new ArrayList<>();
    lines.add(BEGIN);
    lines.add("| Bedrock answers | with the words | kind | names | what to do |");
    lines.add("|---|---|---|---|---|");
    ServiceErrors.TABLE.forEach(rule -> lines.add(rule.line()));
    lines.add(
        "| any status without a code of the service | | %s |"
            .formatted(ServiceErrors.NOT_FROM_THE_SERVICE.cells()));
    lines.add("");
    lines.add("| no answer, but | with the words | kind | names | what to do |");
    lines.add("|---|---|---|---|---|");
    ClientErrors.TABLE.forEach(rule -> lines.add(rule.line()));
    lines.add(END);
    return String.join("\n", lines);
  }
}
