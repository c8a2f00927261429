package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.Usage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP exchange of an attempt, handed from the driver to the client that runs it although a
 * framework's model stands between them. The driver makes it current on the thread on which it
 * calls the model; a client that knows about exchanges reads the time limit, says how to stop and
 * what it saw of the answer, and slows down when it is asked to.
 *
 * <p>Thread-safe. {@link #stop} runs what the client registered exactly once, at once if it was
 * called before; a stopped exchange never starts anything again. What others registered runs on the
 * thread that caused it and under no lock.
 */
public final class Exchange {

  /** Of the platform's own type: a thread that outlives an application keeps nothing of it. */
  private static final ThreadLocal<@Nullable Object[]> HERE =
      ThreadLocal.withInitial(() -> new @Nullable Object[1]);

  private static final Scope OUTERMOST = () -> HERE.get()[0] = null;

  private final boolean streaming;
  private final @Nullable Attempt attempt;

  /** Null until somebody asks; any value that a second one finds at the same time will do. */
  private @Nullable Duration timeLimit;

  private volatile @Nullable LongConsumer progress;
  private volatile @Nullable Consumer<String> notes;
  private volatile boolean joined;
  private volatile boolean accepted;
  private volatile boolean promisesFinish;
  private volatile boolean full;
  private volatile @Nullable Usage usage;
  private @Nullable Runnable stop;
  private @Nullable Runnable room;
  private @Nullable Object kept;
  private boolean stopped;

  /**
   * @param timeLimit how long the attempt waits for its first signal
   * @param streaming whether the answer is streamed; the limit then ends with the first content
   */
  public Exchange(Duration timeLimit, boolean streaming) {
    this.timeLimit = timeLimit;
    this.streaming = streaming;
    this.attempt = null;
  }

  /** That of an attempt at a whole answer, which hears of notes about the request. */
  Exchange(Attempt attempt) {
    this.attempt = attempt;
    this.streaming = false;
  }

  /** The exchange that the code running on this thread belongs to. */
  public static Optional<Exchange> current() {
    return Optional.ofNullable((Exchange) HERE.get()[0]);
  }

  /** How long the attempt waits for its first signal, from when this is asked first. */
  public Duration timeLimit() {
    @Nullable Duration known = timeLimit;
    if (known == null) {
      known = Objects.requireNonNull(attempt).patience();
      timeLimit = known;
    }
    return known;
  }

  public boolean streaming() {
    return streaming;
  }

  /** The client says that the service took the request: its answer, or the head of it, is here. */
  public void accepted() {
    accepted = true;
  }

  /** Whether the service took the request, as far as the client knows. */
  public boolean isAccepted() {
    return accepted;
  }

  /**
   * The client says that every whole answer of its streams tells why it ended, and that it fails
   * those which do not.
   */
  public void promiseFinish() {
    promisesFinish = true;
  }

  /** Whether a stream that ends without a reason is certainly cut short. */
  public boolean promisesFinish() {
    return promisesFinish;
  }

  /** The client says what the whole answer used, which a framework may lose or never be told. */
  public void used(Usage tokens) {
    usage = tokens;
  }

  /** What the answer used, once it is whole; empty while the client does not know. */
  public Optional<Usage> usage() {
    return Optional.ofNullable(usage);
  }

  /**
   * What the answer used in a framework's words, completed by the client's: no framework says how
   * long a cache keeps what was written to it.
   */
  @Nullable Usage completed(@Nullable Usage said) {
    Usage clients = usage;
    if (said == null || clients == null) {
      return said == null ? clients : said;
    }
    return clients.cacheWriteHour() == 0 ? said : said.withCacheWriteHour(clients.cacheWriteHour());
  }

  /**
   * The client keeps a whole answer that a framework may fail to read, in a form that every
   * framework reads. An equal request within this exchange gets it, and the service is not asked
   * again. What was kept before is replaced; a stopped exchange keeps nothing.
   */
  public void keep(Object answer) {
    synchronized (this) {
      kept = stopped ? null : answer;
    }
  }

  /**
   * What the client keeps. If something is, and the framework's model threw, a driver may call that
   * model once more with this exchange current: it gets the answer that is here already.
   */
  public Optional<Object> kept() {
    synchronized (this) {
      return Optional.ofNullable(kept);
    }
  }

  /** Says what to do with a note about the request; must be quick. */
  public void onNote(Consumer<String> action) {
    notes = action;
  }

  /**
   * The client changed the request so that its target takes it.
   *
   * @param what a fixed phrase for the call's report, such as {@code cache points left out}
   */
  public void note(String what) {
    @Nullable Consumer<String> action = notes;
    if (action != null) {
      action.accept(what);
    } else if (attempt != null) {
      attempt.note(what);
    }
  }

  /**
   * Says what to do at a sign of life that a framework may not pass on, such as the pieces of a
   * tool call. Takes the characters that came. Must be quick: it runs on the client's thread.
   */
  public void onProgress(LongConsumer action) {
    progress = action;
  }

  /**
   * The client received something of the answer, before the framework does.
   *
   * @param characters of text, reasoning and tool calls that came with it, each said once; 0 when
   *     it holds none
   */
  public void progressed(long characters) {
    @Nullable LongConsumer action = progress;
    if (action != null) {
      action.accept(characters);
    }
  }

  /** Whether the client should ask for more of the answer now. */
  public boolean hasRoom() {
    return !full;
  }

  /**
   * Says how to go on when there is room again. Once room was lacking, a client asks for nothing
   * more until this runs, on the thread that made room; it may run when nothing was waiting.
   */
  public void onRoom(Runnable action) {
    synchronized (this) {
      room = action;
    }
  }

  /** The driver's word: more of the answer has arrived than its consumer takes. */
  public void hold() {
    full = true;
  }

  /** The driver's word: there is room for more of the answer. */
  public void goOn() {
    full = false;
    Runnable action;
    synchronized (this) {
      action = room;
    }
    if (action != null) {
      action.run();
    }
  }

  /** Makes this the current exchange until the scope is closed on the same thread. */
  public Scope open() {
    @Nullable Object[] here = HERE.get();
    @Nullable Object previous = here[0];
    here[0] = this;
    return previous == null ? OUTERMOST : () -> here[0] = previous;
  }

  /**
   * Says how to close the exchange, replacing what was said before; runs at once when it was
   * stopped already.
   */
  public void onStop(Runnable action) {
    joined = true;
    synchronized (this) {
      if (!stopped) {
        stop = action;
        return;
      }
    }
    action.run();
  }

  /** Whether a client that knows about exchanges runs this one, and so makes no retries. */
  public boolean isJoined() {
    return joined;
  }

  /** Closes the exchange on the calling thread; the second call does nothing. */
  public void stop() {
    Runnable action;
    synchronized (this) {
      if (stopped) {
        return;
      }
      stopped = true;
      action = stop;
      stop = null;
      room = null;
      kept = null;
    }
    if (action != null) {
      action.run();
    }
  }

  /** Ends what {@link #open} began. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
