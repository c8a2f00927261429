package io.github.resilientchat.core.quota;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plans of an application: whom they are for, which stays as it was built, and the amounts that
 * hold now. Thread-safe.
 */
final class PlanBook {

  private final List<Plan> plans;
  private final @Nullable Plan everyone;
  private final List<Plan> built;
  private volatile List<Plan> shown;

  /**
   * @throws IllegalArgumentException if a user, group or tenant is on two plans
   */
  PlanBook(QuotaSettings settings) {
    plans = List.copyOf(settings.plans);
    everyone = settings.everyone;
    built = settings.everyPlan();
    shown = built;
    PlanTable.check(plans);
  }

  /** Who is on which plan over a route. */
  PlanTable over(String route) {
    return new PlanTable(plans, everyone, route);
  }

  /** All plans, the one for everybody else last, with the limits that hold now. */
  List<Plan> shown() {
    return shown;
  }

  /** The same plans with other amounts, which hold now. */
  void show(List<Plan> amended) {
    shown = amended;
  }

  /** Plans are those that they were built with. */
  void startOver() {
    shown = built;
  }
}
