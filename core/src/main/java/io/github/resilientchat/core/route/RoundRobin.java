package io.github.resilientchat.core.route;

import io.github.resilientchat.core.ModelCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Every call starts one target further; the rest follow in a circle. */
final class RoundRobin implements RoutingStrategy.Order {

  private final List<List<Target>> rotations;
  private final AtomicInteger turn = new AtomicInteger();

  RoundRobin(List<Target> tier) {
    rotations = new ArrayList<>(tier.size());
    for (int start = 0; start < tier.size(); start++) {
      List<Target> rotation = new ArrayList<>(tier.subList(start, tier.size()));
      rotation.addAll(tier.subList(0, start));
      rotations.add(List.copyOf(rotation));
    }
  }

  @Override
  public List<Target> targetsFor(ModelCall call) {
    return rotations.get(Math.floorMod(turn.getAndIncrement(), rotations.size()));
  }
}
