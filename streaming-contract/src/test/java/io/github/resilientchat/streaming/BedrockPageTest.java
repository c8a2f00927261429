package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.streaming.BedrockErrors.Answered;
import io.github.resilientchat.streaming.BedrockErrors.InStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a router did with each error of Bedrock, provoked through both frameworks' own models: the
 * tables of {@code docs/bedrock.md}.
 */
class BedrockPageTest {

  private static final Path PAGE = Path.of("..", "docs", "bedrock.md");

  /** A role, and then words: what a stream of the simulator begins with. */
  private static final int ROLE = 1;

  private static final int TWO_WORDS = 3;

  private static final String THE_TWO = "an answer ";

  /** How often a stream is asked for until all of its words are heard. */
  private static final int TRIES = 5;

  /** Words that arrive together with an error may be overtaken by it, in the client. */
  private static final Duration APART = Duration.ofMillis(20);

  private final BedrockSimulator bedrock = BedrockSimulator.builder().tokenInterval(APART).start();
  private final BedrockModels models =
      new BedrockModels(bedrock)
          .in("us-east-1", "prod")
          .in("us-west-2", "prod")
          .in("us-east-1", "burst");

  @BeforeEach
  void script() {
    bedrock.answer(call -> Answer.text("an answer of some words"));
  }

  @AfterEach
  void close() {
    models.close();
    bedrock.close();
  }

  @Test
  void pageSaysWhatFollowsFromEachErrorThroughBothFrameworks() throws Exception {
    List<String> rows = new ArrayList<>();
    for (Answered error : BedrockErrors.INSTEAD) {
      provoke(error.fault());
      String viaLangChain4j = whatFollows(models::callLangChain4j);
      assertThat(whatFollows(models::callSpringAi)).as(error.code()).isEqualTo(viaLangChain4j);
      rows.add("| %s | %s |".formatted(error, viaLangChain4j));
    }
    check(
        "errors",
        "| Bedrock answers | with the words | kind | the call went on | what rests | answered by |",
        rows);
  }

  @Test
  void pageSaysWhatFollowsFromEachErrorWithinAStreamThroughBothFrameworks() throws Exception {
    List<String> rows = new ArrayList<>();
    for (InStream error : BedrockErrors.WITHIN) {
      provoke(error.fault(ROLE));
      String before = whatFollows(models::streamLangChain4j);
      assertThat(whatFollows(models::streamSpringAi)).as(error.type()).isEqualTo(before);
      provoke(error.fault(TWO_WORDS));
      String after = whatTheCallerGets(models.ended(models::streamLangChain4j));
      assertThat(whatTheCallerGets(endedWithAllWords(models::streamSpringAi)))
          .as(error.type())
          .isEqualTo(after);
      rows.add("| %s | %s | %s |".formatted(error, before, after));
    }
    check(
        "errors within a stream",
        "| the exception | with the words | kind | the call went on | what rests | answered by |"
            + " after content, the caller gets |",
        rows);
  }

  /** At the first target alone. */
  private void provoke(Fault fault) {
    bedrock.clearFaults();
    bedrock.fault(fault.account("prod").region("us-east-1"));
  }

  private String whatFollows(BedrockModels.Ask ask) throws InterruptedException {
    CallReport report = models.ended(ask).report();
    List<AttemptReport> failed =
        report.attempts().stream().filter(attempt -> attempt.failure() != null).toList();
    AttemptReport last = failed.get(failed.size() - 1);
    String tries =
        failed.stream()
            .map(BedrockPageTest::next)
            .distinct()
            .collect(Collectors.joining(", then "));
    return "%s | %s | %s | %s"
        .formatted(
            Objects.requireNonNull(last.failure()).kind(),
            tries,
            rests(Objects.requireNonNull(last.then())),
            report.servedBy().map(Target::name).orElse("nobody: the caller gets the error"));
  }

  /** Spring AI's model drops words that are still queued when the error comes: then once more. */
  private BedrockModels.Ended endedWithAllWords(BedrockModels.Ask ask) throws InterruptedException {
    BedrockModels.Ended ended = models.ended(ask);
    for (int tries = 1; tries < TRIES && lacksWords(ended); tries++) {
      ended = models.ended(ask);
    }
    return ended;
  }

  private static boolean lacksWords(BedrockModels.Ended ended) {
    return !(ended.error() instanceof StreamInterruptedException broken)
        || broken.partialText().length() < THE_TWO.length();
  }

  private static String whatTheCallerGets(BedrockModels.Ended ended) {
    assertThat(ended.report().attempts()).as("nobody goes on with another one's").hasSize(1);
    assertThat(ended.error()).isInstanceOf(StreamInterruptedException.class);
    StreamInterruptedException broken =
        (StreamInterruptedException) Objects.requireNonNull(ended.error());
    assertThat(broken.partialText()).isEqualTo(THE_TWO);
    return broken.getClass().getSimpleName()
        + (broken.retryable() ? "; a new call may succeed" : "; a new call would fail, too");
  }

  private static String next(AttemptReport attempt) {
    return Objects.requireNonNull(attempt.then())
        .next()
        .name()
        .toLowerCase(Locale.ROOT)
        .replace('_', ' ');
  }

  private static String rests(Consequence then) {
    if (then.rests() == FailureDomain.NONE) {
      return then.breaker() ? "nothing; its breaker counts it" : "nothing";
    }
    return then.rests().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + " for "
        + then.rest().toSeconds()
        + " s";
  }

  /** That the page has this table between the marks of its name. */
  private static void check(String name, String head, List<String> rows) throws IOException {
    String columns = head.replaceAll("[^|]+", "---");
    String table = head + "\n" + columns + "\n" + String.join("\n", rows) + "\n";
    String begin = "<!-- " + name + ": printed by the build -->\n";
    String end = "<!-- end of " + name + " -->";
    String page = Files.readString(PAGE);
    String wanted =
        page.substring(0, page.indexOf(begin) + begin.length())
            + table
            + page.substring(page.indexOf(end));
    if (Boolean.getBoolean("bedrock.update")) {
      Files.writeString(PAGE, wanted);
    }
    assertThat(page).as("docs/bedrock.md; -Dbedrock.update=true writes it anew").isEqualTo(wanted);
  }
}
