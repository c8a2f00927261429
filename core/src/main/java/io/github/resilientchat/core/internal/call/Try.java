package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.internal.choice.Bound;
import io.github.resilientchat.core.internal.choice.TargetStats;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.internal.gate.Ending;
import io.github.resilientchat.core.internal.gate.TargetGates;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of a call, and how it ended. Whether it is open, has won or is over is its call's to
 * say, and every signal goes there.
 */
final class Try extends Heard implements Attempt, Verdict {

  private final RoutedCall call;

  // Said once, before anybody is given the attempt.
  private @Nullable Bound bound;

  // Guarded by the call, and left alone once the attempt has ended.
  private long committedAt;
  private @Nullable Ending ending;
  private @Nullable Failure failure;
  private @Nullable Consequence then;
  private @Nullable Usage got;
  private @Nullable Usage told;
  private boolean keeps;
  private boolean won;
  private long endedAt;
  private @Nullable Try triedNext;
  private @Nullable Try leftAfter;

  /** An attempt that has no target yet. */
  Try(RoutedCall call) {
    this.call = call;
  }

  /** It has entered the gates of this target. */
  void begins(Bound at, long now) {
    bound = at;
    begins(now);
  }

  Bound bound() {
    return Objects.requireNonNull(bound);
  }

  @Override
  public Target target() {
    return bound().target();
  }

  @Override
  public Duration patience() {
    return call.patienceOf(this);
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
    return call.untilSilentOf(this);
  }

  @Override
  long now() {
    return call.now();
  }

  boolean isStreaming() {
    return call.isStreaming();
  }

  @Override
  public void joined(boolean byClient) {
    if (byClient) {
      bound().stats().joined(isStreaming());
    } else {
      unseen();
    }
  }

  /** Whether exchanges with its target are run by a client that knows about them, as a rule. */
  boolean hasTellingClient() {
    return bound().stats().isJoined(isStreaming());
  }

  @Override
  public boolean accept() {
    return call.accepted(this);
  }

  @Override
  public boolean completed(@Nullable Usage usage) {
    return call.completed(this, usage);
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

  long committedAt() {
    return committedAt;
  }

  /** When it ended; to be asked once it has. */
  long endedAt() {
    return endedAt;
  }

  void committed(long now) {
    committedAt = now;
    signalled(now);
  }

  /** How it ended; said once. */
  void ended(
      Ending how,
      @Nullable Failure why,
      @Nullable Consequence follows,
      @Nullable Usage used,
      boolean keep,
      boolean winner,
      long now) {
    ending = how;
    failure = why;
    then = follows;
    got = used;
    keeps = keep;
    won = winner;
    endedAt = now;
  }

  /** What the target said that its answer used. */
  void saysUsage(@Nullable Usage usage) {
    told = usage;
  }

  @Nullable Failure failure() {
    return failure;
  }

  @Nullable Try triedNext() {
    return triedNext;
  }

  void triedNext(Try next) {
    triedNext = next;
  }

  @Nullable Try leftAfter() {
    return leftAfter;
  }

  void leftAfter(@Nullable Try earlier) {
    leftAfter = earlier;
  }

  /** To the first content of an attempt that streamed, else to its end. */
  private long healthNanos() {
    return (won ? committedAt : endedAt) - startedAt();
  }

  /** The first content is here. To be said under no lock. */
  void works() {
    TargetGates.working(this, committedAt);
  }

  /** Gives back all that it holds, and notes what it teaches. To be said under no lock. */
  void leave(RouteState route) {
    Consequence follows = then;
    Ending how = Objects.requireNonNull(ending);
    boolean blamed = follows != null && follows.breaker();
    TargetGates.leave(this, how, blamed, got, keeps, healthNanos(), endedAt);
    TargetStats stats = bound().stats();
    if (follows != null) {
      stats.failed(isStreaming(), follows, endedAt);
      Foreign.run("the engine", () -> route.common().coolDowns().cool(target(), follows, endedAt));
    } else if (how == Ending.SUCCEEDED) {
      stats.answered(isStreaming(), endedAt - startedAt(), healthNanos(), told, endedAt);
    } else {
      stats.ended();
    }
  }

  AttemptReport report() {
    boolean streamed = won && call.isStreaming();
    return new AttemptReport(
        target(),
        bound().tier(),
        failure,
        then,
        Duration.ofNanos(startedAt() - call.startedAt()),
        streamed ? Duration.ofNanos(committedAt - startedAt()) : null,
        Duration.ofNanos(endedAt - startedAt()),
        notes());
  }
}
