package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.internal.choice.Chosen;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of a call. Knows what was heard and received; whether it is open, has won or is over
 * is its call's to say, and every signal goes there.
 */
final class Try implements Attempt {

  private static final AtomicLongFieldUpdater<Try> RECEIVED =
      AtomicLongFieldUpdater.newUpdater(Try.class, "receivedCharacters");
  private static final AtomicLongFieldUpdater<Try> HEARD =
      AtomicLongFieldUpdater.newUpdater(Try.class, "heardCharacters");

  private final RoutedCall call;
  private final Chosen.Place place;
  private final long startedAt;
  private volatile long receivedCharacters;
  private volatile long heardCharacters;
  private volatile long lastSignalAt;
  private volatile @Nullable Usage said;
  private volatile boolean heard;
  private volatile boolean accepted;

  /** Guarded by the call: when it committed. */
  private long committedAt;

  Try(RoutedCall call, Chosen.Place place, long startedAt) {
    this.call = call;
    this.place = place;
    this.startedAt = startedAt;
    this.lastSignalAt = startedAt;
  }

  Chosen.Place place() {
    return place;
  }

  @Override
  public Target target() {
    return place.target();
  }

  @Override
  public Duration patience() {
    return call.patience(this);
  }

  @Override
  public Optional<Duration> hedgeAfter() {
    return call.hedgeAfter();
  }

  @Override
  public Step hedge() {
    return call.hedge(this);
  }

  @Override
  public Duration untilSilent() {
    return call.untilSilent(this);
  }

  @Override
  public Duration waited() {
    return Duration.ofNanos(call.now() - lastSignalAt);
  }

  @Override
  public Duration elapsed() {
    return Duration.ofNanos(call.now() - startedAt);
  }

  @Override
  public void used(Usage tokens) {
    said = tokens;
  }

  boolean isStreaming() {
    return call.isStreaming();
  }

  long lastSignalAt() {
    return lastSignalAt;
  }

  @Override
  public void taken() {
    accepted = true;
  }

  boolean isTaken() {
    return accepted;
  }

  @Override
  public void heard(long characters) {
    heard = true;
    lastSignalAt = call.now();
    HEARD.addAndGet(this, characters);
  }

  boolean isHeard() {
    return heard;
  }

  @Override
  public void received(long characters) {
    lastSignalAt = call.now();
    RECEIVED.addAndGet(this, characters);
  }

  @Override
  public boolean accept() {
    return call.accept(this);
  }

  @Override
  public boolean completed(@Nullable Usage usage) {
    return call.answered(this, usage);
  }

  @Override
  public Step failed(Throwable error) {
    return call.failed(this, error);
  }

  @Override
  public void cancelled() {
    call.cancelled(this);
  }

  @Override
  public Step abandoned() {
    return call.abandoned(this);
  }

  @Override
  public CallReport callReport() {
    return call.report();
  }

  long startedAt() {
    return startedAt;
  }

  void committed(long now) {
    committedAt = now;
    lastSignalAt = now;
  }

  /** To the first content of an attempt that has won, else to now. */
  long healthNanos(boolean won, long now) {
    return (won ? committedAt : now) - startedAt;
  }

  /** Whether the target has said what it used. */
  boolean hasSaid() {
    return said != null;
  }

  AttemptReport report(@Nullable Failure failure, @Nullable Consequence then, long now) {
    return new AttemptReport(
        place.target(), place.tier(), failure, then, Duration.ofNanos(now - startedAt));
  }

  /**
   * The estimate of what an attempt used that never said so; null when nothing was received. Client
   * and framework tell of the same answer, so the one that saw more of it counts, not both.
   */
  @Nullable Usage spent(ModelCall of) {
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
