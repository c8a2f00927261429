package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.failure.AttemptFailedException;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.report.CallReport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a streamed call and its exchange. What the target's model says on whatever thread
 * is put into the call's inbox; what follows from it is worked out on the thread that reads there.
 * Parts without content are held back until the first content, or until they are too many, and the
 * last ones until the answer is whole, when it is known what to say about it.
 */
final class StreamAttempt<P> extends AttemptPatience implements Streaming.Signals<P> {

  private final StreamingCall<P> call;
  private final Course<P> course;
  private final Exchange exchange;
  private final AnswerParts<P> parts;
  private final EndWatch watch = new EndWatch();
  private boolean committed;
  private volatile boolean started;
  private volatile boolean stopped;
  private volatile @Nullable Runnable stop;

  StreamAttempt(StreamingCall<P> call, Course<P> course, Attempt attempt) {
    super(attempt);
    this.call = call;
    this.course = course;
    this.parts = new AnswerParts<>(call.models(), call.lane());
    this.exchange = new Exchange(attempt.patience(), true);
    exchange.onProgress(this::progressed);
    exchange.onNote(attempt::note);
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
      call.models().call(attempt.target(), this);
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
      long length = call.models().length(part);
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
    put(Inbox.Word.END);
  }

  @Override
  public void error(@Nullable Throwable error) {
    put(new Inbox.Failed(error == null ? AttemptFailedException.noAnswer() : error));
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

  private void progressed(long characters) {
    if (hears(characters)) {
      put(Inbox.Word.HEARD);
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
    if (word instanceof Inbox.Failed failed) {
      if (!stopped) {
        failed(failed.error());
      }
    } else if (word == Inbox.Word.END) {
      if (!stopped) {
        ended();
      }
    } else if (word == Inbox.Word.HEARD) {
      course.watchOver();
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
      if (!committed && parts.mustCommit(part) && !commit()) {
        drop(part);
        stop();
        course.over(this);
        return;
      }
      parts.read(part);
    } catch (Throwable unreadable) {
      drop(part);
      failed(unreadable);
      return;
    }
    if (committed) {
      parts.tell(part);
    } else {
      parts.hold(part);
    }
  }

  private boolean commit() {
    committed = attempt.accept();
    if (committed) {
      commits();
      course.won(this);
    }
    return committed;
  }

  private void drop(P part) {
    call.room().freed(call.models().length(part));
  }

  private void ended() {
    if (!parts.isFinished() && exchange.promisesFinish()) {
      failed(AttemptFailedException.truncated());
      return;
    }
    attempt.joined(exchange.isJoined());
    if (!attempt.completed(used())) {
      stop();
      course.over(this);
      return;
    }
    watch.tell(null);
    course.won(this);
    course.over(this);
    CallReport report = call.told(attempt.callReport());
    parts.release(report);
    call.lane().complete(report);
  }

  /** What the framework says it used; where that keeps it to itself, what the client read. */
  private @Nullable Usage used() {
    return exchange.completed(parts.usage());
  }

  private void failed(Throwable error) {
    UnseenRetries.mention(attempt.target(), exchange);
    attempt.joined(exchange.isJoined());
    if (exchange.isAccepted()) {
      attempt.taken();
    }
    Optional.ofNullable(used()).ifPresent(attempt::used);
    // A client that reads nothing for its user's sake runs into its own time limits.
    boolean stuck = committed && call.room().isHeld();
    Step next = attempt.failed(stuck ? AttemptFailedException.held(error) : error);
    if (committed) {
      parts.release();
    }
    close();
    // Somebody else's code: nothing of this attempt is held any more.
    watch.tell(error);
    course.over(this);
    course.follow(next);
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
      failed(AttemptFailedException.noSignal(attempt.waited(), isHeard()));
      return;
    }
    if (takeHedge()) {
      course.follow(attempt.hedge());
    }
  }
}
