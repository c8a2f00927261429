package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds settings of a route that are good by themselves and of no use beside each other. */
final class RouteCheck {

  private static final String DEFAULTS = "resilient.defaults.";

  private final DefaultsProperties defaults;
  private final Problems problems;

  RouteCheck(DefaultsProperties defaults, Problems problems) {
    this.defaults = defaults;
    this.problems = problems;
  }

  /**
   * Checks times against each other.
   *
   * @param own what the route says itself
   * @param policy in force
   */
  void times(String route, RouteProperties own, RoutePolicy policy) {
    Duration total = policy.timeout();
    within(route, own, total, "attempt-timeout", own.attemptTimeout(), defaults.attemptTimeout());
    within(
        route,
        own,
        total,
        "first-token-timeout",
        own.firstTokenTimeout(),
        defaults.firstTokenTimeout());
    hedge(route, own, policy);
  }

  /** A part that may take longer than the whole never does. */
  private void within(
      String route,
      RouteProperties own,
      Duration total,
      String leaf,
      @Nullable Duration ownPart,
      @Nullable Duration defaultPart) {
    Duration part = ownPart == null ? defaultPart : ownPart;
    if (part == null || part.compareTo(total) <= 0) {
      return;
    }
    String key = (ownPart == null ? DEFAULTS : key(route)) + leaf;
    String text = TimeText.of(part);
    if (ownPart == null && own.timeout() != null) {
      problems.doubt(
          key,
          text,
          "is longer than a call over route '%s' may take, which is %s"
              .formatted(route, TimeText.of(total)),
          "write " + key(route) + leaf + " if one attempt must not take all of it");
      return;
    }
    String totalKey =
        own.timeout() != null
            ? key(route) + "timeout"
            : defaults.timeout() != null ? DEFAULTS + "timeout" : "the default of timeout";
    if (problems.isExplained(totalKey)) {
      return;
    }
    problems.add(
        key,
        text,
        "is longer than the whole call may take, which is %s by %s"
            .formatted(TimeText.of(total), totalKey),
        "write a time within it, or a longer timeout");
  }

  private void hedge(String route, RouteProperties own, RoutePolicy policy) {
    Duration after = policy.hedge().after();
    if (after != null && after.compareTo(policy.firstTokenTimeout()) >= 0) {
      problems.doubt(
          (own.hedge().after() == null ? DEFAULTS : key(route)) + "hedge.after",
          TimeText.of(after),
          "hedges no call of route '%s', whose first-token-timeout of %s ends the attempt before"
              .formatted(route, TimeText.of(policy.firstTokenTimeout())),
          "write a shorter time, or leave it out");
    }
  }

  /** Whether what a route keeps on one target is of any use to it. */
  void sticky(String route, RouteProperties own, StrategyReader strategies) {
    if (own.stickyBy() != null && strategies.isKnown(own) && !strategies.is(Strategy.STICKY, own)) {
      problems.add(
          key(route) + "sticky-by",
          TargetText.words(Set.of(own.stickyBy())),
          "is of no use to the strategy '%s'".formatted(strategies.text(own)),
          "set " + key(route) + "strategy=sticky, or leave it out");
    }
  }

  /**
   * Whether attempts that fail can lead as far as the last target. Among those that calls are
   * spread over each is the first of some, and the default of attempts is nobody's word.
   *
   * @param ordered whether the route's own targets are tried as they are listed
   */
  void reach(RouteProperties own, Route route, boolean ordered) {
    int attempts = route.policy().retry().maxAttempts();
    List<Target> missed = new ArrayList<>();
    int before = 0;
    for (Route.Tier tier : route.tiers()) {
      boolean inTurn = ordered && tier.strategy().equals(route.tiers().get(0).strategy());
      int reached = Math.min(Math.max(0, attempts - before), tier.targets().size());
      if (reached == 0 || inTurn) {
        missed.addAll(tier.targets().subList(reached, tier.targets().size()));
      }
      before += tier.targets().size();
    }
    boolean written = own.retry().maxAttempts() != null || defaults.retry().maxAttempts() != null;
    if (missed.isEmpty() && (!written || attempts >= before)) {
      return;
    }
    String key =
        (own.retry().maxAttempts() == null && written ? DEFAULTS : key(route.name()))
            + "retry.max-attempts";
    String reached =
        missed.isEmpty()
            ? "lets a call of route '%s' fail at %d of its %d targets"
                .formatted(route.name(), attempts, before)
            : "is used up before a call of route '%s' whose attempts fail comes to %s"
                .formatted(
                    route.name(),
                    missed.stream().map(Target::name).collect(Collectors.joining(", ")));
    problems.doubt(
        key,
        String.valueOf(attempts),
        reached,
        "write "
            + key(route.name())
            + "retry.max-attempts="
            + before
            + " if all of them are to be tried");
  }

  /**
   * The route without targets that cannot do what it requires: they would never be asked. Empty,
   * with a problem, when there is no other.
   */
  Optional<Route> withoutThoseBelow(Route route) {
    Set<Capability> required = route.policy().requires();
    List<Target> below = route.targets().stream().filter(target -> !target.can(required)).toList();
    if (below.isEmpty()) {
      return Optional.of(route);
    }
    String key = key(route.name()) + "requires";
    String value = TargetText.words(required);
    String names = below.stream().map(Target::name).collect(Collectors.joining(", "));
    List<Route.Tier> left =
        route.tiers().stream()
            .map(
                tier ->
                    new Route.Tier(
                        tier.targets().stream().filter(target -> target.can(required)).toList(),
                        tier.strategy()))
            .filter(tier -> !tier.targets().isEmpty())
            .toList();
    if (left.isEmpty()) {
      problems.add(
          key,
          value,
          "no target of route '%s' can do that: %s".formatted(route.name(), names),
          "add one that can, or correct capabilities or lacks of its model");
      return Optional.empty();
    }
    problems.doubt(
        key,
        value,
        "keeps route '%s' from %s".formatted(route.name(), names),
        "leave them out, or correct capabilities or lacks of their models");
    return Optional.of(new Route(route.name(), left, route.policy()));
  }

  private static String key(String route) {
    return "resilient.routes." + route + ".";
  }
}
