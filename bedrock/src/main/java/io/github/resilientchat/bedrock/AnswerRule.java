package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.failure.FailureKind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table of what Bedrock answers instead of a completion.
 *
 * @param answers which of them, by code and status
 * @param saying what the text must hold, or null for any
 */
record AnswerRule(Answers answers, @Nullable MessageHints saying, Meaning means) {

  /**
   * Answers with one of these codes, and those whose code no line knows with one of these statuses.
   *
   * @param from lowest status
   * @param to highest status; below the lowest for none
   */
  record Answers(List<String> codes, int from, int to) {

    static Answers coded(String... codes) {
      return new Answers(List.of(codes), 1, 0);
    }

    /** Or whose code nobody knows, with this status. */
    Answers or(int status) {
      return or(status, status);
    }

    Answers or(int lowest, int highest) {
      return new Answers(codes, lowest, highest);
    }

    AnswerRule mean(Meaning meaning) {
      return new AnswerRule(this, null, meaning);
    }

    AnswerRule mean(FailureKind kind) {
      return mean(Meaning.of(kind));
    }

    AnswerRule saying(MessageHints hints, Meaning meaning) {
      return new AnswerRule(this, hints, meaning);
    }

    private Set<String> plain() {
      return codes.stream().map(AnswerRule::plain).collect(Collectors.toCollection(TreeSet::new));
    }

    private String shown() {
      String shown = String.join(", ", codes);
      if (from > to) {
        return shown;
      }
      String status = from == to ? String.valueOf(from) : from + "-" + to;
      return codes.isEmpty() ? "another " + status : shown + ", another " + status;
    }
  }

  /** Upper or lower case, with or without "Exception" at its end, it is one code. */
  static String plain(String code) {
    return code.toLowerCase(Locale.ROOT).replaceFirst("exception$", "");
  }

  boolean knows(String code) {
    return answers.plain().contains(plain(code));
  }

  boolean covers(int status) {
    return answers.from() <= status && status <= answers.to();
  }

  boolean speaksOf(String text) {
    return saying == null || saying.in(text);
  }

  /** As a line of Markdown. */
  String line() {
    return "| %s | %s | %s |"
        .formatted(answers.shown(), saying == null ? "" : saying.phrases(), means.cells());
  }
}
