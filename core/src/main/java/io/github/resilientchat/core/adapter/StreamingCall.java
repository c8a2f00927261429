package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.StreamInterruptedException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Drives one streamed call to its end; obeys the engine's steps and holds no policy. The first
 * target's model is called on the thread that begins the call, unless the engine has somebody to
 * ask before; later ones on threads of {@link StreamThreads}.
 *
 * <p>Threads of clients and of the timer only say what they saw: what it means is worked out, and
 * the user is told, on threads of {@link StreamThreads}, each by one thread at a time. A user who
 * is busy holds up nobody but herself: the engine hears of the end of an answer when it is there,
 * its time limits run, and beyond a bound the client is asked for no more.
 *
 * @param <P> a part of an answer, as the framework has it
 */
public final class StreamingCall<P> {

  private final Router router;
  private final ModelCall call;
  private final Streaming.Models<P> models;
  private final StreamThreads threads;
  private final UnaryOperator<Runnable> context;
  private final FreshAnswer fresh;
  private final Room room = new Room();
  private final Lane<P> lane;
  private final Course<P> course;
  private final Inbox inbox;
  private final Runnable takeOut;
  private final Runnable tell;
  private volatile @Nullable StreamInterruptedException broken;
  private volatile @Nullable Refusal refusal;
  private volatile boolean cancelled;

  /** What the first model has thrown, while that is read on the thread on which it did. */
  private record Refusal(Throwable error, Thread by) {}

  /**
   * A call that has not begun.
   *
   * @param fresh the answer that it may go on with after it broke
   * @param context wraps what the call runs away from its caller's thread; what it made may run
   *     many times
   */
  public StreamingCall(
      Router router,
      ModelCall call,
      Streaming.Models<P> models,
      Streaming.Audience<P> audience,
      StreamThreads threads,
      FreshAnswer fresh,
      UnaryOperator<Runnable> context) {
    this.router = router;
    this.call = call;
    this.models = models;
    this.threads = threads;
    this.fresh = fresh;
    this.context = context;
    this.lane = new Lane<>(models, audience, room, this::cancel, this::ended);
    this.course = new Course<>(this, threads.alarms());
    this.inbox = new Inbox(course);
    this.takeOut = context.apply(this::takeOut);
    this.tell = context.apply(lane::tell);
  }

  /**
   * Begins the call; to be called once. Returns when the first model has been called, or somebody
   * else asked. If that model throws, and the call ends with what it threw, the user is told here
   * and now.
   */
  public void begin() {
    router.streams().began(this);
    if (course.isLeft()) {
      ended();
      return;
    }
    first(call).ifPresent(this::ask);
    openLane();
  }

  private void beginAgain(ModelCall made) {
    first(made).ifPresent(StreamAttempt::start);
    openLane();
  }

  private Optional<StreamAttempt<P>> first(ModelCall made) {
    if (course.isLeft()) {
      return Optional.empty();
    }
    Step first = router.begin(made);
    if (first instanceof Attempt attempt) {
      return course.entered(attempt);
    }
    course.follow(first);
    return Optional.empty();
  }

  private void ask(StreamAttempt<P> stream) {
    Throwable thrown = stream.ask();
    if (thrown != null && inbox.put(stream, new Inbox.Failed(thrown))) {
      refusal = new Refusal(thrown, Thread.currentThread());
      takeOut();
      refusal = null;
    }
  }

  /**
   * The caller leaves, in whatever phase: nothing more is told. Runs what listeners and breakers of
   * others have to do about it, so that no client's thread should call it.
   */
  public void cancel() {
    cancelled = true;
    lane.silence();
    course.leave();
    ended();
  }

  /**
   * The call ends as one that its caller left, but that the user is told why, unless she is to hear
   * an end already.
   */
  void stop(Throwable why) {
    if (lane.stop(why)) {
      course.leave();
      openLane();
    }
  }

  private void ended() {
    router.streams().ended(this);
  }

  /** Whether the caller has left; one who is told that the application stops has not. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** The user wants more parts than before. */
  public void more() {
    openLane();
  }

  /** Something was said, on anybody's thread. */
  void put(Object from, Object word) {
    if (inbox.put(from, word)) {
      threads.run(takeOut);
    }
  }

  private void openLane() {
    if (lane.opens()) {
      threads.run(tell);
    }
  }

  private void takeOut() {
    inbox.takeOut();
    // No hop for what this thread can do as well.
    if (lane.opens()) {
      lane.tell();
    }
  }

  /** Calls a later model, on a thread of the call's. */
  void start(StreamAttempt<P> stream) {
    threads.run(context.apply(stream::start));
  }

  /** No target is asked any more: goes on with a fresh answer, or ends with this. */
  void giveUp(Throwable reason) {
    if (!course.isLeft() && reason instanceof StreamInterruptedException why) {
      Optional<Duration> rest = fresh.takeAfter(why);
      if (rest.isPresent()) {
        broken = why;
        Runnable again = context.apply(() -> beginAgain(call.within(rest.get())));
        lane.restart(why, () -> threads.run(again));
        return;
      }
    }
    Refusal first = refusal;
    if (first != null && first.error() == reason && first.by() == Thread.currentThread()) {
      lane.refuse(reason);
    } else {
      lane.fail(explained(reason));
    }
  }

  /** The error of a fresh answer names what broke before as suppressed. */
  private Throwable explained(Throwable reason) {
    StreamInterruptedException first = broken;
    if (first != null && first != reason) {
      reason.addSuppressed(first);
    }
    return reason;
  }

  /** The account of the whole call: what was tried before a break, too. */
  CallReport told(CallReport report) {
    StreamInterruptedException first = broken;
    return first == null ? report : report.after(first.report());
  }

  Streaming.Models<P> models() {
    return models;
  }

  Lane<P> lane() {
    return lane;
  }

  Room room() {
    return room;
  }
}
