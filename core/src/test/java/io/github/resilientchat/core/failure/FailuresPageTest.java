package io.github.resilientchat.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.failure.Consequence.Next;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What follows from failures stands in {@code docs/failures.md} as the engine decides it. */
class FailuresPageTest {

  private static final Path PAGE = Path.of("..", "docs", "failures.md");
  private static final String BEGIN = "<!-- kinds: printed by the build -->\n";
  private static final String END = "<!-- end of kinds -->";

  @Test
  void pageSaysWhatTheEngineDecides() throws IOException {
    String page = Files.readString(PAGE);
    String wanted =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + table()
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("failures.update")) {
      Files.writeString(PAGE, wanted);
    }
    assertThat(page)
        .as("docs/failures.md; -Dfailures.update=true writes it anew")
        .isEqualTo(wanted);
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder(
            """
            | kind | the first | again or confirmed | alone in its route | breaker | uses up an attempt |
            |---|---|---|---|---|---|
            """);
    for (FailureKind kind : FailureKind.values()) {
      Consequence first = of(kind, Evidence.NONE);
      Set<String> later = new LinkedHashSet<>();
      later.add(words(of(kind, Evidence.NONE.tries(2))));
      later.add(words(of(kind, Evidence.NONE.tries(3))));
      later.add(words(of(kind, new Evidence(false, true, 1, false))));
      later.add(words(of(kind, new Evidence(true, false, 1, false))));
      later.remove(words(first));
      Consequence again = of(kind, Evidence.NONE.tries(2));
      Consequence alone = of(kind, Evidence.NONE.tries(2).alone(true));
      table.append(
          "| %s | %s | %s | %s | %s | %s |%n"
              .formatted(
                  kind,
                  words(first),
                  later.isEmpty() ? "the same" : String.join("; ", later),
                  alone.next() == again.next() ? "" : next(alone.next()),
                  breaker(kind, first),
                  first.counted() ? "yes" : "no"));
    }
    return table.toString();
  }

  private static Consequence of(FailureKind kind, Evidence seen) {
    return Consequences.of(Failure.of(kind, "x"), seen, FailurePolicy.DEFAULTS);
  }

  private static String breaker(FailureKind kind, Consequence first) {
    boolean event = of(kind, new Evidence(true, false, 1, false)).breaker();
    return first.breaker() ? event ? "counts it" : "counts an event once" : "no";
  }

  private static String words(Consequence then) {
    String rests =
        then.rests() == FailureDomain.NONE
            ? "nothing rests"
            : "%s rests %s%s"
                .formatted(
                    domain(then.rests()), text(then.rest()), then.grows() ? ", growing" : "");
    return next(then.next()) + ", " + rests;
  }

  private static String text(Duration rest) {
    return rest.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private static String domain(FailureDomain domain) {
    return switch (domain) {
      case NONE -> "nothing";
      case TARGET -> "the target";
      case QUOTA_KEY -> "its quota key";
      case REGION_MODEL -> "the model in the Region";
      case ACCOUNT_REGION -> "the account in the Region";
      case ACCOUNT -> "the account";
      case QUOTA_ACCOUNT -> "the account under all its names";
    };
  }

  private static String next(Next next) {
    return switch (next) {
      case SAME_AT_ONCE -> "the same target at once";
      case SAME_AFTER_PAUSE -> "the same target after a pause";
      case ANOTHER -> "another target";
      case ANOTHER_ELSE_SAME -> "another target, else the same after a pause";
      case ANOTHER_ELSE_CALLER -> "another target, else the caller";
      case LARGER_CONTEXT -> "a target with a larger context, else the caller";
      case CALLER -> "the caller";
    };
  }
}
