package io.github.resilientchat.core.route;

import io.github.resilientchat.core.ModelCall;
import java.util.ArrayList;
import java.util.List;

/** An order of the places in a tier. */
abstract class IndexedOrder implements RoutingStrategy.FirstChoice {

  private final List<Target> tier;

  IndexedOrder(List<Target> tier) {
    this.tier = tier;
  }

  final int size() {
    return tier.size();
  }

  final Target target(int place) {
    return tier.get(place);
  }

  /** The engine's clock; of no account for an order that looks at no signals. */
  long now() {
    return 0;
  }

  /** The first choice, then the others. */
  @Override
  public final List<Target> targetsFor(ModelCall call) {
    long now = now();
    int first = first(call, now);
    List<Target> order = new ArrayList<>(size());
    order.add(target(first));
    for (int place : all(call, now)) {
      if (place != first) {
        order.add(target(place));
      }
    }
    return order;
  }
}
