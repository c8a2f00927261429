package io.github.resilientchat.autoconfigure.operation;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.keys.RereadProperties;
import io.github.resilientchat.autoconfigure.quota.RereadQuotas;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.autoconfigure.route.ProviderBeans;
import io.github.resilientchat.autoconfigure.route.RereadRoutes;
import io.github.resilientchat.autoconfigure.route.RoutePlan;
import io.github.resilientchat.autoconfigure.route.RoutePlans;
import io.github.resilientchat.autoconfigure.route.RoutesAsRead;
import io.github.resilientchat.autoconfigure.route.RoutesNow;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.HeldLimits;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Reads the properties again and makes what they say of routes and of quotas hold, all of it or
 * nothing: targets come, go and change weight, policies and the amounts of limits change. What else
 * there is, is decided when the application starts; a change of it is refused.
 */
public final class Reload {

  /** Somebody else changed a route at the same moment. */
  private static final int TRIES = 10;

  private static final Set<String> SPREAD = Set.of("strategy", "sticky-by");

  private final Operations operations;
  private final RereadProperties properties;
  private final RoutesNow now;
  private final Supplier<@Nullable RereadRoutes> routes;
  private final Supplier<@Nullable RereadQuotas> quotas;
  private final CallerQuotas held;
  private final ApplicationEventPublisher events;
  private final ReloadCounts counts = new ReloadCounts();

  Reload(
      Operations operations,
      RereadProperties properties,
      RoutesNow now,
      Supplier<@Nullable RereadRoutes> routes,
      Supplier<@Nullable RereadQuotas> quotas,
      CallerQuotas held,
      ApplicationEventPublisher events) {
    this.operations = operations;
    this.properties = properties;
    this.now = now;
    this.routes = routes;
    this.quotas = quotas;
    this.held = held;
    this.events = events;
  }

  /**
   * Reads and changes.
   *
   * @param dryRun whether nothing is to change
   * @return what changed, or would
   * @throws IllegalArgumentException if the properties are wrong, or change what needs a restart;
   *     says which and why, and nothing has changed
   */
  public Reloaded reload(boolean dryRun) {
    if (dryRun) {
      return tried(true);
    }
    try {
      Reloaded reloaded = tried(false);
      counts.count(reloaded);
      return reloaded;
    } catch (RuntimeException refused) {
      counts.countRefused();
      throw refused;
    }
  }

  /** What came of this so far. */
  public ReloadCounts counts() {
    return counts;
  }

  private Reloaded tried(boolean dryRun) {
    for (int tried = 1; ; tried++) {
      try {
        return once(dryRun);
      } catch (InvalidConfigurationException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      } catch (IllegalStateException e) {
        if (tried == TRIES) {
          throw e;
        }
      }
    }
  }

  /** All is of one reading, and all that is wrong with it is told at once, as at a start. */
  private Reloaded once(boolean dryRun) {
    Problems problems = new Problems();
    properties.check(problems);
    @Nullable RereadRoutes reader = routes.get();
    @Nullable RoutesAsRead read = reader == null ? null : reader.read(problems);
    Optional<PlanQuotas.Builder> wantedQuotas = quotas(read, problems);
    problems.report();
    ConfiguredRoutes before = now.get();
    ConfiguredRoutes wanted = read == null ? before : read.routes();
    requireSame(before, wanted);
    List<HeldLimits> limits = limits(wantedQuotas, true);
    RoutePlans plans = read == null ? now.plans() : read.plans();
    List<String> changed = change(before, wanted, plans, dryRun);
    if (!dryRun) {
      limits(wantedQuotas, false);
    }
    Reloaded reloaded = new Reloaded(changed, limits.stream().map(Reload::shown).toList());
    if (!dryRun && !reloaded.isNothing()) {
      problems.tellDoubts();
      events.publishEvent(reloaded);
    }
    return reloaded;
  }

  private Optional<PlanQuotas.Builder> quotas(@Nullable RoutesAsRead routes, Problems problems) {
    @Nullable RereadQuotas reader = quotas.get();
    return reader == null
        ? Optional.empty()
        : reader.read(routes == null ? null : routes.limits(), problems);
  }

  /** A call may go to a new target at once, whose model is then made as it is wanted now. */
  private List<String> change(
      ConfiguredRoutes before, ConfiguredRoutes wanted, RoutePlans plans, boolean dryRun) {
    RoutePlans plansBefore = now.plans();
    List<Route> changed = changed(before, wanted, plansBefore, plans);
    if (dryRun) {
      return operations.change(changed, ProviderBeans::isMeant, true);
    }
    now.are(wanted, plans);
    try {
      return operations.change(changed, ProviderBeans::isMeant, false);
    } catch (RuntimeException | Error refused) {
      now.are(before, plansBefore);
      throw refused;
    }
  }

  private List<HeldLimits> limits(Optional<PlanQuotas.Builder> wanted, boolean dryRun) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    if (held instanceof PlanQuotas plans) {
      return plans.amend(wanted.get(), dryRun);
    }
    if (wanted.get().hasLimits()) {
      throw restart("no quotas were set when it started");
    }
    return List.of();
  }

  private static String shown(HeldLimits limits) {
    return limits.scope() + " " + limits.plan() + ": " + limits.limits();
  }

  /** Strategies cannot be compared, but what properties say of them can. */
  private static List<Route> changed(
      ConfiguredRoutes before, ConfiguredRoutes wanted, RoutePlans plansBefore, RoutePlans plans) {
    return wanted.all().stream()
        .filter(
            route ->
                !looksLike(before.route(route.name()), route)
                    || !spread(plansBefore, route).equals(spread(plans, route)))
        .toList();
  }

  /** What says how a route spreads its calls, whoever says it. */
  private static List<String> spread(RoutePlans plans, Route route) {
    return plans.route(route.name()).settings().stream()
        .filter(setting -> SPREAD.contains(setting.name()))
        .map(RoutePlan.Setting::value)
        .toList();
  }

  private static boolean looksLike(Route one, Route other) {
    return one.equals(other)
        || one.policy().equals(other.policy())
            && one.tiers().stream()
                .map(Route.Tier::targets)
                .toList()
                .equals(other.tiers().stream().map(Route.Tier::targets).toList());
  }

  private static void requireSame(ConfiguredRoutes before, ConfiguredRoutes wanted) {
    if (!before.names().equals(wanted.names())) {
      throw restart("the routes are " + before.names() + ", not " + wanted.names());
    }
    if (!before.defaultRoute().equals(wanted.defaultRoute())) {
      throw restart("the default route is " + before.defaultRoute());
    }
    for (Route route : wanted.all()) {
      for (Target target : route.targets()) {
        boolean stays = before.route(route.name()).targets().contains(target);
        if (!stays && ProviderBeans.isMeant(target) && !has(before, route.name(), target.name())) {
          throw restart("route " + route.name() + " has no target " + target.name());
        }
        if (stays && !before.settings(target).equals(wanted.settings(target))) {
          throw restart(
              "the model of target " + target.name() + " was made with " + before.settings(target));
        }
        if (stays && !before.options(route, target).equals(wanted.options(route, target))) {
          throw restart(
              "the model of target "
                  + target.name()
                  + " was made with "
                  + before.options(route, target));
        }
      }
    }
  }

  /** By its name: a weight of its own makes it another target. */
  private static boolean has(ConfiguredRoutes routes, String route, String target) {
    return routes.route(route).targets().stream().anyMatch(each -> each.name().equals(target));
  }

  private static IllegalArgumentException restart(String why) {
    return new IllegalArgumentException(
        "this cannot change while the application runs: " + why + "; restart it for that");
  }
}
