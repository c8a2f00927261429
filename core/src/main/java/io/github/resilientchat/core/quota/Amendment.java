package io.github.resilientchat.core.quota;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A change of amounts in quotas that are in use: all of it or nothing. */
final class Amendment {

  private final QuotaBook book;
  private final PlanBook plans;
  private final ScopeTable wanted;
  private final List<Plan> wantedPlans;

  private record Key(Scope scope, String plan) {
    static Key of(ScopeLimits limits) {
      return new Key(limits.scope(), limits.plan());
    }
  }

  Amendment(QuotaBook book, PlanBook plans, QuotaSettings wanted) {
    this.book = book;
    this.plans = plans;
    this.wanted = new ScopeTable(wanted);
    this.wantedPlans = wanted.everyPlan();
  }

  List<HeldLimits> made(boolean dryRun) {
    requireSamePlans();
    Map<Key, ScopeLimits> now = byKey(wanted.all());
    List<ScopeLimits> all = book.limits().all();
    if (!byKey(all).keySet().equals(now.keySet())) {
      throw restart("limits are set that were not, or are not any more");
    }
    List<HeldLimits> changed = new ArrayList<>();
    for (ScopeLimits limits : all) {
      ScopeLimits to = Objects.requireNonNull(now.get(Key.of(limits)));
      if (!limits.isLike(to)) {
        throw restart(
            "limits '" + limits.limits() + "' of " + limits.plan() + " count something else now");
      }
      book.requireCountable(to);
      if (!limits.limits().equals(to.limits())) {
        changed.add(new HeldLimits(to.scope(), to.plan(), to.limits()));
      }
    }
    if (!dryRun) {
      all.forEach(limits -> book.amend(limits, Objects.requireNonNull(now.get(Key.of(limits)))));
      plans.show(wantedPlans);
    }
    return changed;
  }

  private void requireSamePlans() {
    Map<String, Plan> known = byName(plans.shown());
    Map<String, Plan> now = byName(wantedPlans);
    if (!known.keySet().equals(now.keySet())) {
      throw restart(
          "the plans are "
              + new TreeSet<>(known.keySet())
              + ", not "
              + new TreeSet<>(now.keySet()));
    }
    known.forEach(
        (name, plan) -> {
          if (!plan.isForTheSame(Objects.requireNonNull(now.get(name)))) {
            throw restart("plan " + name + " differs in more than amounts");
          }
        });
  }

  private static Map<String, Plan> byName(List<Plan> plans) {
    return plans.stream().collect(Collectors.toMap(Plan::name, plan -> plan));
  }

  private static Map<Key, ScopeLimits> byKey(List<ScopeLimits> all) {
    Map<Key, ScopeLimits> byKey = new HashMap<>();
    for (ScopeLimits limits : all) {
      @Nullable ScopeLimits other = byKey.put(Key.of(limits), limits);
      if (other != null) {
        throw restart("two limits of one scope are named " + limits.plan());
      }
    }
    return byKey;
  }

  private static IllegalArgumentException restart(String why) {
    return new IllegalArgumentException(
        "quotas in use take other amounts, and nothing else: "
            + why
            + "; restart the application for that");
  }
}
