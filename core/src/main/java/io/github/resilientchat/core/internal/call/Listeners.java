package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import java.util.List;

/** Tells all listeners; one that throws harms neither the call nor the others. */
public record Listeners(List<RouteListener> all) {

  public Listeners {
    all = List.copyOf(all);
  }

  /** Whether there is one. */
  boolean any() {
    return !all.isEmpty();
  }

  void onAttempt(String route, AttemptReport attempt) {
    // Without an iterator: most often there is nobody, and each call asks.
    for (int i = 0; i < all.size(); i++) {
      RouteListener listener = all.get(i);
      Foreign.run(listener.getClass().getName(), () -> listener.onAttempt(route, attempt));
    }
  }

  void onCall(CallReport report) {
    for (int i = 0; i < all.size(); i++) {
      RouteListener listener = all.get(i);
      Foreign.run(listener.getClass().getName(), () -> listener.onCall(report));
    }
  }
}
