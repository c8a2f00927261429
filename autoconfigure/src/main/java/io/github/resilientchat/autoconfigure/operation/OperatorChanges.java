package io.github.resilientchat.autoconfigure.operation;

import io.github.resilientchat.core.Quoted;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.operation.Part;
import io.github.resilientchat.core.operation.RouteStatus;
import io.github.resilientchat.core.operation.TargetStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Makes an operator's changes, each with a line in the log that says who, and an event; or says
 * what one would do. Every change takes who asks for it, and whether nothing is to be changed.
 * Thread-safe.
 */
public final class OperatorChanges {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorChanges.class);

  private final Operations operations;
  private final Reload reload;
  private final ApplicationEventPublisher events;

  OperatorChanges(Operations operations, Reload reload, ApplicationEventPublisher events) {
    this.operations = operations;
    this.reload = reload;
    this.events = events;
  }

  /** Reads the properties of routes and quotas again. */
  public OperatorChange reload(String by, boolean dryRun) {
    Reloaded would = wouldReload(dryRun);
    return made(
        new OperatorChange(
            "reload",
            "routes " + would.routes() + ", limits " + would.limits(),
            by,
            !would.isNothing(),
            dryRun,
            List.of(),
            List.of()),
        () -> !reload.reload(false).isNothing());
  }

  /** What is refused here is not tried again. */
  private Reloaded wouldReload(boolean dryRun) {
    try {
      return reload.reload(true);
    } catch (RuntimeException refused) {
      if (!dryRun) {
        reload.counts().countRefused();
      }
      throw refused;
    }
  }

  public OperatorChange drain(Part part, String by, boolean dryRun) {
    boolean isNew = !operations.drained().contains(part);
    require(status -> part.covers(status.target()), "no target is in " + part.shown());
    return made(
        new OperatorChange(
            "drain",
            part.toString(),
            by,
            isNew,
            dryRun,
            targets(status -> part.covers(status.target())),
            leftWithNobody(part)),
        () -> operations.drain(part));
  }

  public OperatorChange undrain(Part part, String by, boolean dryRun) {
    boolean known = operations.drained().contains(part);
    return made(
        new OperatorChange(
            "undrain",
            part.shown(),
            by,
            known,
            dryRun,
            targets(status -> part.covers(status.target())),
            List.of()),
        () -> operations.undrain(part));
  }

  public OperatorChange weigh(String route, String target, int weight, String by, boolean dryRun) {
    if (weight < 1) {
      throw new IllegalArgumentException(
          "a weight must be positive: " + weight + "; to send nobody there, drain the target");
    }
    boolean changes = false;
    boolean known = false;
    for (RouteStatus status : operations.routes()) {
      for (TargetStatus each : status.targets()) {
        if (status.name().equals(route) && each.target().name().equals(target)) {
          known = true;
          changes |= each.weight() != weight;
        }
      }
    }
    if (!known) {
      throw new IllegalArgumentException(
          "there is no route " + Quoted.of(route) + " with a target " + Quoted.of(target));
    }
    return made(
        new OperatorChange(
            "weight",
            "target " + target + " of route " + route + ": " + weight,
            by,
            changes,
            dryRun,
            List.of(target),
            List.of()),
        () -> operations.weigh(route, target, weight));
  }

  public OperatorChange endRest(String target, String by, boolean dryRun) {
    Predicate<TargetStatus> isIt = status -> status.target().name().equals(target);
    require(isIt, "no target is named " + Quoted.of(target));
    boolean rests =
        statuses()
            .filter(isIt)
            .anyMatch(
                status ->
                    status.state() == TargetStatus.State.RESTING
                        || status.state() == TargetStatus.State.BROKEN);
    return made(
        new OperatorChange(
            "rest", "target " + target, by, rests, dryRun, List.of(target), List.of()),
        () -> operations.endRest(target));
  }

  private OperatorChange made(OperatorChange change, BooleanSupplier making) {
    if (change.dryRun()) {
      return change;
    }
    boolean changed = making.getAsBoolean();
    OperatorChange made =
        new OperatorChange(
            change.action(),
            change.what(),
            change.by(),
            changed,
            false,
            change.targets(),
            change.leavesNobody());
    LOG.info(
        "operator {}: {} {}{}{}",
        Quoted.of(change.by()),
        change.action(),
        change.what(),
        changed ? "" : " (was so already)",
        change.leavesNobody().isEmpty() ? "" : "; nobody is left in " + change.leavesNobody());
    events.publishEvent(made);
    return made;
  }

  private Stream<TargetStatus> statuses() {
    return operations.routes().stream().flatMap(route -> route.targets().stream());
  }

  private void require(Predicate<TargetStatus> some, String otherwise) {
    if (statuses().noneMatch(some)) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private List<String> targets(Predicate<TargetStatus> which) {
    return statuses().filter(which).map(status -> status.target().name()).distinct().toList();
  }

  /** Routes whose targets would all be drained. */
  private List<String> leftWithNobody(Part part) {
    List<String> left = new ArrayList<>();
    for (RouteStatus route : operations.routes()) {
      boolean nobody =
          route.targets().stream()
              .allMatch(
                  status ->
                      part.covers(status.target()) || status.state() == TargetStatus.State.DRAINED);
      if (nobody) {
        left.add(route.name());
      }
    }
    return left.stream().distinct().toList();
  }
}
