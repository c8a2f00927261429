package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.failure.AttemptFailedException;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.report.CallReport;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a streamed call and its exchange. What the target's model says on whatever thread
 * is put into the call's inbox; what follows from it is worked out on the thread that reads there.
 * Parts without content are held back until the first content, or until they are too many, and the
 * last ones until the answer is whole, when it is known what to say about it.
 */
final class StreamAttempt<P> implements Streaming.Signals<P> {

  private final StreamingCall<P> call;
  private final Streaming.Models<P> models;
  private final Attempt attempt;
  private final Exchange exchange;
  private final HeldParts<P> held;
  private final EndWatch watch = new EndWatch();
  private boolean hedged;
  private boolean committed;
  private boolean finished;
  private @Nullable Usage usage;
  private volatile boolean heard;
  private volatile boolean started;
  private volatile boolean stopped;
  private volatile @Nullable Runnable stop;

  StreamAttempt(StreamingCall<P> call, Attempt attempt) {
    this.call = call;
    this.models = call.models();
    this.attempt = attempt;
    this.held = new HeldParts<>(call.lane());
    this.exchange = new Exchange(attempt.patience(), true);
    exchange.onProgress(this::progressed);
    exchange.onNote(attempt::note);
  }

  Attempt attempt() {
    return attempt;
  }

  /** Calls the model, unless the attempt is over; what it throws is the attempt's failure. */
  void start() {
    Throwable thrown = ask();
    if (thrown != null) {
      error(thrown);
    }
  }

  /** Calls the model, unless the attempt is over, and returns what it throws. */
  @Nullable Throwable ask() {
    // In this order: whoever stops it either sees that it has started, or is seen here.
    started = true;
    if (stopped) {
      return null;
    }
    // Clients refuse an interrupted thread, but nobody waits here: the flag is about something
    // else.
    boolean interrupted = Thread.interrupted();
    try (Exchange.Scope ignored = exchange.open()) {
      models.call(attempt.target(), this);
      return null;
    } catch (Throwable error) {
      return error;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void part(@Nullable P part) {
    if (stopped) {
      return;
    }
    if (part == null) {
      // Nothing that Java's types keep a model from.
      error(AttemptFailedException.noAnswer());
      return;
    }
    try {
      long length = models.length(part);
      attempt.received(length);
      if (!call.room().takes(length, exchange)) {
        error(AttemptFailedException.overrun());
        return;
      }
    } catch (Throwable unreadable) {
      error(unreadable);
      return;
    }
    call.put(this, part);
  }

  @Override
  public void end() {
    put(StreamingCall.Word.END);
  }

  @Override
  public void error(@Nullable Throwable error) {
    put(new StreamingCall.Failed(error == null ? AttemptFailedException.noAnswer() : error));
  }

  private void put(Object word) {
    if (!stopped) {
      call.put(this, word);
    }
  }

  @Override
  public void onStop(Runnable action) {
    stop = action;
    if (stopped) {
      Foreign.run("a model's stop", action);
    }
  }

  @Override
  public void onEnd(Streaming.Watch told) {
    watch.set(told);
    if (stopped) {
      watch.left();
    }
  }

  /** The client received something, which the target's model may never pass on. */
  private void progressed(long characters) {
    attempt.heard(characters);
    if (!heard) {
      heard = true;
      put(StreamingCall.Word.HEARD);
    }
  }

  /** Closes the exchange; what still comes is dropped. To be called as often as one likes. */
  void stop() {
    close();
    watch.left();
  }

  private void close() {
    stopped = true;
    // The model first: it then takes the end of its exchange for no failure.
    Runnable action = stop;
    if (action != null) {
      stop = null;
      Foreign.run("a model's stop", action);
    }
    Foreign.run("a client's stop", exchange::stop);
  }

  /** The caller went away; a target that was not asked yet costs nothing. */
  void cancel() {
    stop();
    if (started) {
      attempt.cancelled();
    } else {
      attempt.abandoned();
    }
  }

  /** Reads a word, in its turn. */
  @SuppressWarnings("unchecked")
  void read(Object word) {
    if (word instanceof StreamingCall.Failed failed) {
      if (!stopped) {
        failed(failed.error());
      }
    } else if (word == StreamingCall.Word.END) {
      if (!stopped) {
        ended();
      }
    } else if (word == StreamingCall.Word.HEARD) {
      call.watchOver();
    } else {
      readPart((P) word);
    }
  }

  private void readPart(P part) {
    if (stopped) {
      drop(part);
      return;
    }
    try {
      if (!committed && mustCommit(part) && !commit()) {
        drop(part);
        stop();
        call.over(this);
        return;
      }
      finished |= models.finishes(part);
      Usage counted = models.usage(part);
      usage = counted == null ? usage : counted;
    } catch (Throwable unreadable) {
      drop(part);
      failed(unreadable);
      return;
    }
    if (committed && !finished) {
      held.release();
      call.lane().part(part);
    } else {
      held.add(part);
    }
  }

  /** At the first content, and before any part would be lost. */
  private boolean mustCommit(P part) {
    return held.isFull() || models.hasContent(part);
  }

  private boolean commit() {
    committed = attempt.accept();
    if (committed) {
      heard = true;
      call.won(this);
    }
    return committed;
  }

  private void drop(P part) {
    call.room().freed(models.length(part));
  }

  private void ended() {
    if (!finished && exchange.promisesFinish()) {
      failed(AttemptFailedException.truncated());
      return;
    }
    if (!attempt.completed(used())) {
      stop();
      call.over(this);
      return;
    }
    watch.tell(null);
    call.won(this);
    call.over(this);
    CallReport report = call.told(attempt.callReport());
    held.release(report);
    call.lane().complete(report);
  }

  /** What the framework says it used; where that keeps it to itself, what the client read. */
  private @Nullable Usage used() {
    return exchange.completed(usage);
  }

  private void failed(Throwable error) {
    UnseenRetries.mention(attempt.target(), exchange);
    if (exchange.isAccepted()) {
      attempt.taken();
    }
    Optional.ofNullable(used()).ifPresent(attempt::used);
    // A client that reads nothing for its user's sake runs into its own time limits.
    boolean stuck = committed && call.room().isHeld();
    Step next = attempt.failed(stuck ? AttemptFailedException.held(error) : error);
    if (committed) {
      held.release();
    }
    close();
    // Somebody else's code: nothing of this attempt is held any more.
    watch.tell(error);
    call.over(this);
    call.follow(next);
  }

  /** Looks whether it is time for a hedge, or to give up; in its turn, when an alarm has rung. */
  void look() {
    if (stopped) {
      return;
    }
    if (call.room().isHeld() && !attempt.patience().isZero()) {
      // The target waits, not we.
      attempt.heard(0);
    }
    if (attempt.untilSilent().isZero()) {
      failed(AttemptFailedException.noSignal(attempt.waited(), heard));
      return;
    }
    Duration hedge = untilHedge();
    if (hedge != null && hedge.isZero()) {
      hedged = true;
      call.follow(attempt.hedge());
    }
  }

  /** How long until there is something to look at. */
  Duration untilLook() {
    Duration silent = attempt.untilSilent();
    Duration hedge = untilHedge();
    return hedge != null && hedge.compareTo(silent) < 0 ? hedge : silent;
  }

  private @Nullable Duration untilHedge() {
    if (hedged || committed) {
      return null;
    }
    Duration after = attempt.hedgeAfter().orElse(null);
    if (after == null) {
      return null;
    }
    Duration left = after.minus(attempt.elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }
}
