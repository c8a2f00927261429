package io.github.resilientchat.benchmarks.simulation;

import java.util.LinkedHashSet;
import java.util.Set;

/** Requests that a server took and works on, a few at a time, first come first served. */
final class Line {

  private final Set<Exchange> served = new LinkedHashSet<>();
  private final Set<Exchange> waiting = new LinkedHashSet<>();
  private int room = Integer.MAX_VALUE;

  void serveAtOnce(int many) {
    room = many;
    callNext();
  }

  void join(Exchange exchange) {
    waiting.add(exchange);
    callNext();
  }

  void leave(Exchange exchange) {
    waiting.remove(exchange);
    if (served.remove(exchange)) {
      callNext();
    }
  }

  private void callNext() {
    while (served.size() < room && !waiting.isEmpty()) {
      Exchange next = waiting.iterator().next();
      waiting.remove(next);
      served.add(next);
      next.work();
    }
  }
}
