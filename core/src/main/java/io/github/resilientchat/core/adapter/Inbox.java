package io.github.resilientchat.core.adapter;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a call's targets, clients and alarms have said. Whoever says something only puts it here;
 * one thread at a time takes it out, in order.
 */
final class Inbox {

  private final Reader reader;
  private final Deque<Object> said = new ArrayDeque<>(4);
  private boolean open;

  /** Takes what was said, in its turn. */
  interface Reader {

    /**
     * @param from who said it
     */
    void read(Object from, Object word);
  }

  /** What is said beside the parts of an answer. */
  enum Word {
    /** A sign of life, which changes how long to wait. */
    HEARD,
    END,
    /** Whoever was asked has answered. */
    ANSWER
  }

  record Failed(Throwable error) {}

  Inbox(Reader reader) {
    this.reader = reader;
  }

  /**
   * Puts a word in.
   *
   * @return whether nobody is taking words out, so that the caller has to see to it
   */
  synchronized boolean put(Object from, Object word) {
    said.add(from);
    said.add(word);
    boolean idle = !open;
    open = true;
    return idle;
  }

  /** Takes out all there is, on the thread that was told to see to it. */
  void takeOut() {
    while (true) {
      Object from;
      Object word;
      synchronized (this) {
        if (said.isEmpty()) {
          open = false;
          return;
        }
        from = said.remove();
        word = said.remove();
      }
      reader.read(from, word);
    }
  }
}
