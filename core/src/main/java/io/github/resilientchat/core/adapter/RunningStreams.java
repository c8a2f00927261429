package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.report.CallStoppedException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The streamed calls of an engine that have begun and whose users have not heard the end, so that
 * an application that stops can wait for them, and cancel those that take longer than it has. Calls
 * that begin meanwhile run as ever. Thread-safe.
 */
public final class RunningStreams {

  private final Set<StreamingCall<?>> running = ConcurrentHashMap.newKeySet();
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  void began(StreamingCall<?> call) {
    running.add(call);
  }

  void ended(StreamingCall<?> call) {
    if (running.remove(call) && !waiting.isEmpty()) {
      tellIfNone();
    }
  }

  /** How many there are. */
  public int count() {
    return running.size();
  }

  /**
   * Cancels those that run now, down to Bedrock; their users hear a {@link CallStoppedException}.
   * Runs what listeners have to do about it.
   */
  public void stop() {
    for (StreamingCall<?> call : running) {
      Foreign.run("a streamed call", () -> call.stop(new CallStoppedException()));
    }
  }

  /** Runs the action once, when none runs: at once, or on the thread on which the last one ends. */
  public void whenNone(Runnable action) {
    waiting.add(action);
    tellIfNone();
  }

  private void tellIfNone() {
    if (running.isEmpty()) {
      for (@Nullable Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
        Foreign.run("whoever waits for streams to end", next);
      }
    }
  }
}
