package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.internal.gate.Held;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was heard and received of an attempt, as its client and its framework tell; a part of the
 * attempt, so that both are one object. Its public methods are the attempt's, which alone is an
 * {@link io.github.resilientchat.core.adapter.Attempt}. Decides nothing. Thread-safe.
 */
abstract class Heard extends Held {

  private static final AtomicLongFieldUpdater<Heard> RECEIVED =
      AtomicLongFieldUpdater.newUpdater(Heard.class, "receivedCharacters");
  private static final AtomicLongFieldUpdater<Heard> HEARD =
      AtomicLongFieldUpdater.newUpdater(Heard.class, "heardCharacters");
  private static final AtomicLongFieldUpdater<Heard> SIGNALLED =
      AtomicLongFieldUpdater.newUpdater(Heard.class, "signalledAfter");

  private static final int MOST_NOTES = 16;

  /** Said once, before anybody is given the attempt. */
  private long startedAt;

  private volatile long receivedCharacters;
  private volatile long heardCharacters;

  /** Nanoseconds from the start to the last signal. */
  private volatile long signalledAfter;

  private volatile @Nullable Usage said;
  private volatile boolean heardOf;
  private volatile boolean accepted;
  private volatile boolean unseen;
  private volatile @Nullable List<String> notes;

  abstract long now();

  final void begins(long now) {
    startedAt = now;
  }

  final long startedAt() {
    return startedAt;
  }

  public final Duration waited() {
    return Duration.ofNanos(now() - lastSignalAt());
  }

  public final Duration elapsed() {
    return Duration.ofNanos(now() - startedAt);
  }

  final long lastSignalAt() {
    return startedAt + signalledAfter;
  }

  /** Who looks on may hear of it a moment later: no other thread has to be waited for. */
  final void signalled(long now) {
    SIGNALLED.lazySet(this, now - startedAt);
  }

  public final synchronized void note(String what) {
    List<String> known = notes();
    if (known.size() < MOST_NOTES && !known.contains(what)) {
      notes = Stream.concat(known.stream(), Stream.of(what)).toList();
    }
  }

  final List<String> notes() {
    @Nullable List<String> known = notes;
    return known == null ? List.of() : known;
  }

  public final void taken() {
    accepted = true;
  }

  final boolean isTaken() {
    return accepted;
  }

  final void unseen() {
    unseen = true;
  }

  /** Whether no client that knows about exchanges ran this one. */
  final boolean isUnseen() {
    return unseen;
  }

  public final void heard(long characters) {
    heardOf = true;
    signalled(now());
    HEARD.addAndGet(this, characters);
  }

  final boolean isHeard() {
    return heardOf;
  }

  public final void received(long characters) {
    signalled(now());
    RECEIVED.addAndGet(this, characters);
  }

  public final void used(Usage tokens) {
    said = tokens;
  }

  /** Whether the target has said what it used. */
  final boolean hasSaid() {
    return said != null;
  }

  /**
   * The estimate of what an attempt used that never said so; null when nothing was received. Client
   * and framework tell of the same answer, so the one that saw more of it counts, not both.
   */
  final @Nullable Usage spent(ModelCall of) {
    Usage known = said;
    if (known != null) {
      return known;
    }
    long characters = Math.max(receivedCharacters, heardCharacters);
    return characters == 0
        ? null
        : Usage.of(of.estimate().input(), TokenEstimate.ofText(characters, 0).input());
  }
}
