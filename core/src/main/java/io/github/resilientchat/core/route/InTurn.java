package io.github.resilientchat.core.route;

import io.github.resilientchat.core.ModelCall;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * As configured, in a circle: from the first target, or every call one further than the one before.
 */
final class InTurn extends IndexedOrder {

  private final boolean moves;
  private final AtomicInteger turn = new AtomicInteger();

  InTurn(List<Target> tier, boolean moves) {
    super(tier);
    this.moves = moves;
  }

  @Override
  public int first(ModelCall call, long now) {
    return moves ? Math.floorMod(turn.getAndIncrement(), size()) : 0;
  }

  /** From the target after the last call's first one. */
  @Override
  public int[] all(ModelCall call, long now) {
    int start = moves ? turn.get() : 0;
    int[] order = new int[size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = Math.floorMod(start + i, order.length);
    }
    return order;
  }
}
