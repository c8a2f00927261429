package io.github.resilientchat.core.drive;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP exchange of an attempt, handed from the driver to the client that runs it although a
 * framework's model stands between them. The driver makes it current on the thread on which it
 * calls the model; a client that knows about exchanges reads the time limit and says how to stop.
 *
 * <p>Thread-safe. {@link #stop} runs what the client registered exactly once, at once if it was
 * called before; a stopped exchange never starts anything again.
 */
public final class Exchange {

  private static final ThreadLocal<@Nullable Exchange> CURRENT = new ThreadLocal<>();

  private final Duration timeLimit;
  private final boolean streaming;
  private volatile LongConsumer progress = characters -> {};
  private @Nullable Runnable stop;
  private boolean stopped;

  /**
   * @param timeLimit how long the attempt waits for its first signal
   * @param streaming whether the answer is streamed; the limit then ends with the first content
   */
  public Exchange(Duration timeLimit, boolean streaming) {
    this.timeLimit = timeLimit;
    this.streaming = streaming;
  }

  /** The exchange that the code running on this thread belongs to. */
  public static Optional<Exchange> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  public Duration timeLimit() {
    return timeLimit;
  }

  public boolean streaming() {
    return streaming;
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
    progress.accept(characters);
  }

  /** Makes this the current exchange until the scope is closed on the same thread. */
  public Scope open() {
    @Nullable Exchange previous = CURRENT.get();
    CURRENT.set(this);
    return () -> {
      if (previous == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(previous);
      }
    };
  }

  /**
   * Says how to close the exchange, replacing what was said before; runs at once when it was
   * stopped already.
   */
  public void onStop(Runnable action) {
    synchronized (this) {
      if (!stopped) {
        stop = action;
        return;
      }
    }
    action.run();
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
