package io.github.resilientchat.core.operation;

import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What whoever runs an engine sees of it and may change while it works. Calls under way go on as
 * they are; what changes holds for the next choice of a target. Changes last as long as the engine;
 * of drains the other instances of a fleet know, too. Thread-safe.
 */
public interface Operations {

  /** Every route that a model was built over, by name in order. Costs the calls nothing. */
  List<RouteStatus> routes();

  /** What is drained, in the order in which it was. */
  Set<Part> drained();

  /**
   * Sends no more calls there, retries, probes and hedges included, until {@link #undrain}.
   * Attempts under way end as they would have.
   *
   * @return whether it was not drained before
   * @throws IllegalArgumentException if no target of a route is in that part
   */
  boolean drain(Part part);

  /**
   * Lets calls in again. A target stays out while another drained part covers it.
   *
   * @return whether it was drained
   */
  boolean undrain(Part part);

  /**
   * Gives a target of a route another weight, for calls that begin from now on. The route's
   * strategies begin anew: who stuck to a target or waited for a turn may find another one.
   *
   * @return whether it had another weight before
   * @throws IllegalArgumentException if there is no such route or target, or the weight is not
   *     positive
   */
  boolean weigh(String route, String target, int weight);

  /**
   * Makes routes what these say: targets come, go, change places and weights, and policies are
   * others. All of them or none; calls under way end over what they began over. What is known of
   * targets stays, of those that leave too, should they come back. A weight that {@link #weigh}
   * gave stays unless the one said here differs from what was said last.
   *
   * @param wanted routes by their names; others stay as they are
   * @param dryRun whether nothing is to change
   * @return names of those that differ from what they were
   * @throws IllegalArgumentException if there is no route of a name, or one cannot be so: a target
   *     that is known with other limits or at another place, a limit in money over a target without
   *     prices. Nothing has changed then
   */
  default List<String> change(Collection<Route> wanted, boolean dryRun) {
    return change(wanted, target -> false, dryRun);
  }

  /**
   * The same where not every model over a route serves every target of it, such as the model of
   * another framework.
   *
   * @param settled targets that stay or go where they are, and come to no model that does not have
   *     them
   * @throws IllegalArgumentException also if a model over a route would be left without a target
   */
  List<String> change(Collection<Route> wanted, Predicate<Target> settled, boolean dryRun);

  /**
   * Ends what a target rests for, and with it the rest of all that share it (a quota, a Region's
   * model, an account), in all instances of a fleet; an open circuit breaker of this one lets a
   * probe in. The next call proves it.
   *
   * @return whether anything rested
   * @throws IllegalArgumentException if no route has such a target
   */
  boolean endRest(String target);
}
