package io.github.resilientchat.core.internal.evidence;

import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the targets of an engine have proved about what they share. Thread-safe. */
public final class EvidenceBook {

  private static final Duration DENIALS = Duration.ofMinutes(10);
  private static final Duration REFUSALS = Duration.ofSeconds(30);

  /** As long as what is used up rests at first: what is tried then proves something anew. */
  private static final Duration USED_UP = Duration.ofMinutes(15);

  private final Map<String, Suspicion> denied = new ConcurrentHashMap<>();
  private final Map<String, Suspicion> withoutCapacity = new ConcurrentHashMap<>();
  private final Map<String, Suspicion> usedUp = new ConcurrentHashMap<>();

  public void forget() {
    denied.clear();
    withoutCapacity.clear();
    usedUp.clear();
  }

  /** A target's share in it. */
  public TargetEvidence of(Target target) {
    return new TargetEvidence(
        target,
        denied.computeIfAbsent(
            target.keyIn(FailureDomain.ACCOUNT), unused -> new Suspicion(DENIALS)),
        withoutCapacity.computeIfAbsent(
            target.keyIn(FailureDomain.REGION_MODEL), unused -> new Suspicion(REFUSALS)),
        usedUp.computeIfAbsent(
            target.keyIn(FailureDomain.QUOTA_ACCOUNT), unused -> new Suspicion(USED_UP)));
  }
}
