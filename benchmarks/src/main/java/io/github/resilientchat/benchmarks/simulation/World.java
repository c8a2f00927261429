package io.github.resilientchat.benchmarks.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The servers, the clock and the books of one run. */
final class World {

  private final Scenario scenario;
  private final Rigour rigour;
  private final VirtualTime time = new VirtualTime();
  private final List<Place> places;
  private final Tally tally;
  private final List<Consumer<Deployment>> recoveryListeners = new ArrayList<>();

  World(Scenario scenario, Rigour rigour) {
    this.scenario = scenario;
    this.rigour = rigour;
    this.places =
        Deployment.FLEET.stream().map(deployment -> new Place(deployment, time.nanos())).toList();
    this.tally =
        new Tally(time, scenario.from() * rigour.seconds(), scenario.until() * rigour.seconds());
    scenario.faults().forEach(this::plan);
  }

  Scenario scenario() {
    return scenario;
  }

  Rigour rigour() {
    return rigour;
  }

  VirtualTime time() {
    return time;
  }

  Tally tally() {
    return tally;
  }

  Exchange send(Request request, int deployment, int attempt, Reply reply) {
    Exchange exchange = new Exchange(time, places.get(deployment), request, reply);
    exchange.send(attempt);
    return exchange;
  }

  /** Tokens or requests a day that a router can never use up. */
  long amplyPerDay() {
    double calls = scenario.callsPerSecond() * rigour.seconds() + 100;
    return (long) (2 * calls * scenario.sizes().meanReserved());
  }

  /** Connections to the deployment that were lost until now. */
  int lostConnections(int deployment) {
    return places.get(deployment).connections().lost();
  }

  void onRecovery(Consumer<Deployment> listener) {
    recoveryListeners.add(listener);
  }

  private void plan(Fault fault) {
    // One nanosecond late: of two faults that meet, the first ends before the second begins.
    change(fault, fault.from() * rigour.seconds() + 1e-9, fault.condition());
    change(fault, fault.until() * rigour.seconds(), Condition.HEALTHY);
  }

  private void change(Fault fault, double atSeconds, Condition next) {
    time.after(
        VirtualTime.nanosOf(atSeconds),
        () ->
            places.stream()
                .filter(place -> fault.where().test(place.deployment()))
                .forEach(place -> become(place, next)));
  }

  private void loseConnection(Place place, double inSeconds) {
    time.after(
        VirtualTime.nanosOf(inSeconds),
        () -> {
          double again = place.condition().secondsBetweenLosses();
          if (again > 0) {
            place.connections().loseOne();
            loseConnection(place, again);
          }
        });
  }

  private void become(Place place, Condition next) {
    place.become(next, time.nanos());
    if (next.secondsBetweenLosses() > 0) {
      // Not all deployments at once.
      double share = (place.deployment().index() + 1.0) / places.size();
      loseConnection(place, share * next.secondsBetweenLosses());
    }
    if (next == Condition.HEALTHY) {
      recoveryListeners.forEach(listener -> listener.accept(place.deployment()));
    }
  }
}
