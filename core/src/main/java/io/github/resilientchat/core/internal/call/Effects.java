package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.quota.Reservation;
import org.jspecify.annotations.Nullable;

/**
 * What transitions noted, done after them: under no lock and each on its own, so that one that
 * throws stops no other.
 */
final class Effects {

  private Effects() {}

  /**
   * @param works who has shown to work, or null
   * @param leaving who left, the last one first, or null
   * @param over whether the call closes
   */
  static void happen(
      RoutedCall call, @Nullable Try works, @Nullable Try leaving, boolean over, long now) {
    if (works != null) {
      works.works();
    }
    for (Try left = leaving; left != null; left = left.leftAfter()) {
      left.leave(call.route());
      TargetLog.note(left, call.routeName());
    }
    if (over) {
      settle(call, now);
    }
    Listeners listeners = call.common().listeners();
    if (listeners.any()) {
      tell(listeners, call, leaving, over);
    }
  }

  private static void tell(
      Listeners listeners, RoutedCall call, @Nullable Try leaving, boolean over) {
    for (Try left = leaving; left != null; left = left.leftAfter()) {
      listeners.onAttempt(call.routeName(), left.report());
    }
    if (over) {
      listeners.onCall(call.report());
    }
  }

  private static void settle(RoutedCall call, long now) {
    @Nullable Reservation held = call.reservation();
    if (held != null) {
      call.common().commits().settle(held, call.bill(), now);
    }
  }
}
