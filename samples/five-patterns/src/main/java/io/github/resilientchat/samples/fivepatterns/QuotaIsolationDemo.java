package io.github.resilientchat.samples.fivepatterns;

import io.github.resilientchat.core.report.QuotaExceededException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * D5: one noisy consumer runs into its own plan's limit; the others notice nothing. Consumers are
 * users whom Spring Security has signed in, and nothing else says who they are.
 */
final class QuotaIsolationDemo implements Demo {

  private static final List<String> CONSUMERS = List.of("consumer-a", "consumer-b", "consumer-c");

  @Override
  public String id() {
    return "D5";
  }

  @Override
  public String title() {
    return "quota isolation";
  }

  @Override
  public String published() {
    return "A 3 served and 2 refused after 10.9 s and 13.1 s; B 5 of 5; C 5 of 5";
  }

  @Override
  public List<String> play(Stage stage) {
    List<Question> questions = new ArrayList<>();
    for (String consumer : CONSUMERS) {
      for (int number = 1; number <= 5; number++) {
        questions.add(Stage.question(number, "shared", consumer));
      }
    }
    List<Asked> asked = stage.ask(questions);

    stage.line(
        "%-10s %5s %7s %12s %8s", "Consumer", "Total", "Success", "Rate Limited", "Avg Time");
    Counts a = counts(stage, "consumer-a", asked);
    Counts b = counts(stage, "consumer-b", asked);
    Counts c = counts(stage, "consumer-c", asked);
    asked.forEach(one -> refusal(one).ifPresent(refused -> print(stage, one, refused)));
    return Objections.of(
        Objections.unless(a.served == 3 && a.refused == 2, "A: " + a),
        Objections.unless(b.served == 5, "B: " + b),
        Objections.unless(c.served == 5, "C: " + c));
  }

  private record Counts(long served, long refused) {}

  private static Counts counts(Stage stage, String consumer, List<Asked> asked) {
    List<Asked> own = asked.stream().filter(one -> one.question().user().equals(consumer)).toList();
    long served = own.stream().filter(Asked::served).count();
    long refused = own.stream().filter(one -> refusal(one).isPresent()).count();
    stage.line(
        "%-10s %5d %7d %12d %6.0fms",
        consumer,
        own.size(),
        served,
        refused,
        own.stream().mapToDouble(Asked::millis).average().orElse(0));
    return new Counts(served, refused);
  }

  private static Optional<QuotaExceededException> refusal(Asked asked) {
    return asked.error() instanceof QuotaExceededException refused
        ? Optional.of(refused)
        : Optional.empty();
  }

  private static void print(Stage stage, Asked one, QuotaExceededException refused) {
    Duration wait = refused.retryAfter().orElseThrow();
    stage.line(
        "refused %s in %.2f ms (AWS's demo: 10.9 s and 13.1 s): limit %s of plan %s, back in %.3f s",
        one.question().user(), one.millis(), refused.limit(), refused.plan(), wait.toNanos() / 1e9);
  }
}
