package io.github.resilientchat.core;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners; one that throws harms neither the call nor the others. */
final class Listeners {

  private static final Logger LOG = LoggerFactory.getLogger(RouteListener.class);

  private final List<RouteListener> all;

  Listeners(List<RouteListener> all) {
    this.all = List.copyOf(all);
  }

  void onAttempt(String route, AttemptReport attempt) {
    tell(listener -> listener.onAttempt(route, attempt));
  }

  void onCall(CallReport report) {
    tell(listener -> listener.onCall(report));
  }

  private void tell(Consumer<RouteListener> word) {
    for (RouteListener listener : all) {
      try {
        word.accept(listener);
      } catch (RuntimeException e) {
        LOG.warn("listener {} failed: {}", listener.getClass().getName(), e.getClass().getName());
      }
    }
  }
}
