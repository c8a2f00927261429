package io.github.resilientchat.benchmarks.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Connections to a server, each shared by a few streams; blocking calls have one of their own. */
final class Connections {

  /** As many as our HTTP client puts on one. */
  private static final int STREAMS_PER_CONNECTION = 20;

  private final List<Set<Exchange>> open = new ArrayList<>();
  private int lost;

  void join(Exchange stream) {
    for (Set<Exchange> connection : open) {
      if (connection.size() < STREAMS_PER_CONNECTION) {
        connection.add(stream);
        return;
      }
    }
    Set<Exchange> connection = new LinkedHashSet<>();
    connection.add(stream);
    open.add(connection);
  }

  void leave(Exchange stream) {
    open.forEach(connection -> connection.remove(stream));
  }

  /** Ends every stream on the oldest connection. */
  void loseOne() {
    if (!open.isEmpty()) {
      lost++;
      Set<Exchange> connection = open.remove(0);
      List.copyOf(connection).forEach(Exchange::lost);
    }
  }

  /** How many were lost until now. */
  int lost() {
    return lost;
  }
}
