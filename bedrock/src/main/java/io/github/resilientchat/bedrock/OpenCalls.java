package io.github.resilientchat.bedrock;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that are under way with the clients of one {@link BedrockClients}. Closing ends each,
 * and every one that begins later; so none of them runs into a pool that is shut down.
 */
final class OpenCalls {

  static final String CLOSED = "the clients were closed";

  private final Set<Runnable> endings = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Begins a call; its ending runs once or more if these are closed before it leaves. */
  void enter(Runnable ending) {
    endings.add(ending);
    if (closed) {
      ending.run();
    }
  }

  void leave(Runnable ending) {
    endings.remove(ending);
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
    endings.forEach(Runnable::run);
  }
}
