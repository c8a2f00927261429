package io.github.resilientchat.core.report;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.quota.Bill;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call: which target served it, what was tried and why it moved. Holds no prompt
 * and no answer.
 *
 * @param route the route's name
 * @param caller whom the call was made for
 * @param streaming whether the answer was streamed
 * @param ending how the call ended
 * @param attempts every try, in order
 * @param skipped targets passed over without a try, in order, each named once per round of choosing
 * @param usage tokens of the answer, of what was received when it broke off, or null when unknown
 * @param elapsed from the start of the call to its end
 * @param insteadOf the route that was asked for, if the caller's plan sent the call over this one
 * @param bill what the attempts used, each at its target's prices
 */
public record CallReport(
    String route,
    Caller caller,
    boolean streaming,
    Ending ending,
    List<AttemptReport> attempts,
    List<SkippedTarget> skipped,
    @Nullable Usage usage,
    Duration elapsed,
    @Nullable String insteadOf,
    Bill bill) {

  /** How a call ended. */
  public enum Ending {
    /** A target answered. */
    ANSWERED,
    /** The caller's own quota refused the call; no target was touched. */
    REFUSED,
    /** No target answered, or a stream broke after content. */
    FAILED,
    /** The caller went away. */
    CANCELLED
  }

  public CallReport {
    attempts = List.copyOf(attempts);
    skipped = List.copyOf(skipped);
  }

  /** The account of a call that went on with a fresh answer after another one broke. */
  public CallReport after(CallReport broken) {
    return new CallReport(
        route,
        caller,
        streaming,
        ending,
        Stream.concat(
                broken.attempts.stream(),
                attempts.stream().map(attempt -> attempt.later(broken.elapsed)))
            .toList(),
        Stream.concat(broken.skipped.stream(), skipped.stream()).toList(),
        usage,
        broken.elapsed.plus(elapsed),
        insteadOf == null ? broken.insteadOf : insteadOf,
        broken.bill.and(bill));
  }

  /** The attempts in the order in which they began, which differs where one was hedged. */
  public List<AttemptReport> begun() {
    return attempts.stream().sorted(Comparator.comparing(AttemptReport::begun)).toList();
  }

  /** What an attempt of this call is to it. */
  public AttemptReport.Kind kindOf(AttemptReport attempt) {
    List<AttemptReport> before = begun().stream().takeWhile(earlier -> earlier != attempt).toList();
    if (before.isEmpty()) {
      return AttemptReport.Kind.FIRST;
    }
    if (before.stream().anyMatch(earlier -> earlier.wasUnderWay(attempt))) {
      return AttemptReport.Kind.HEDGE;
    }
    boolean again = before.stream().anyMatch(earlier -> earlier.target() == attempt.target());
    return again ? AttemptReport.Kind.RETRY : AttemptReport.Kind.FALLBACK;
  }

  /** The try that answered. */
  public Optional<AttemptReport> answer() {
    return attempts.stream().filter(AttemptReport::answered).findFirst();
  }

  /** The target that answered. */
  public Optional<Target> servedBy() {
    return answer().map(AttemptReport::target);
  }

  /** Whether the answer came from a later tier than the route's first. */
  public boolean fallback() {
    return answer().filter(attempt -> attempt.tier() > 0).isPresent();
  }

  /**
   * US dollars for all attempts together, losers of hedges and broken ones too; empty when a target
   * has no prices, or when nobody knows what an attempt used. What is an estimate says {@link
   * Bill#isEstimated}.
   */
  public OptionalDouble usd() {
    return bill.isPriced() ? OptionalDouble.of(bill.nanoUsd() / 1e9) : OptionalDouble.empty();
  }

  /** What of the request was changed for the target that answered. */
  public List<String> notes() {
    return answer().map(AttemptReport::notes).orElse(List.of());
  }

  /** Why the call was not served by the target it would have preferred, one line per reason. */
  public List<String> moves() {
    Stream<String> passedOver =
        skipped.stream().map(skip -> skip.target().name() + ": " + skip.describe());
    Stream<String> failed =
        attempts.stream()
            .filter(attempt -> attempt.failure() != null)
            .map(attempt -> attempt.target().name() + ": " + attempt.failure());
    return Stream.concat(passedOver, failed).distinct().toList();
  }

  /**
   * The report as response metadata: {@code resilient.route}, {@code .target}, {@code .model},
   * {@code .region}, {@code .account}, {@code .fallback} (Boolean), {@code .attempts} (Integer),
   * {@code .moves} (list of text), {@code .notes} (list of text, if the request was changed for the
   * target), {@code .cost-usd} (Double, where it is known), {@code .instead-of} (the route asked
   * for, if it was another), and the serving target's attributes.
   */
  public Map<String, Object> metadata() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("resilient.route", route);
    servedBy()
        .ifPresent(
            target -> {
              facts.put("resilient.target", target.name());
              facts.put("resilient.model", target.model());
              facts.put("resilient.region", target.region());
              facts.put("resilient.account", target.account());
              target.attributes().forEach((key, value) -> facts.put("resilient." + key, value));
            });
    if (insteadOf != null) {
      facts.put("resilient.instead-of", insteadOf);
    }
    facts.put("resilient.fallback", fallback());
    facts.put("resilient.attempts", attempts.size());
    facts.put("resilient.moves", moves());
    if (!notes().isEmpty()) {
      facts.put("resilient.notes", notes());
    }
    usd().ifPresent(cost -> facts.put("resilient.cost-usd", cost));
    return facts;
  }
}
