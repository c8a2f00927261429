package io.github.resilientchat.core.adapter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/**
 * What a call's targets, clients and alarms have said. Whoever says something only puts it here;
 * one thread at a time takes it out, in order.
 */
final class Inbox {

  private final BiConsumer<Object, Object> reader;
  private final Deque<Object> said = new ArrayDeque<>(4);
  private boolean open;

  /**
   * @param reader takes who said something, and what
   */
  Inbox(BiConsumer<Object, Object> reader) {
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
      reader.accept(from, word);
    }
  }
}
