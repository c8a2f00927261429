package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.route.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/** A tier of a route: its targets with all that is kept for them, and their order. */
public final class BoundTier {

  /** A tier of so many is put in order at once when its first choice refuses. */
  private static final int FEW = 16;

  private static final int FIRST_CHOICES_OF_MANY = 8;

  /** What was found with quota left while others had none is kept for the calls that follow. */
  private static final int MOST_KNOWN = 16;

  private static final double ENOUGH_LEFT = 0.1;

  private final Bound[] targets;

  /** The choice of each where nobody refused before it, as it is most of the time. */
  private final Chosen[] first;

  private final SafeOrder order;
  private final AtomicIntegerArray withRoom = new AtomicIntegerArray(MOST_KNOWN);
  private final AtomicInteger turn = new AtomicInteger();
  private final Map<Target, Bound> byTarget = new HashMap<>();

  public BoundTier(List<Bound> targets, SafeOrder order) {
    this.targets = targets.toArray(Bound[]::new);
    this.first =
        targets.stream()
            .map(bound -> new Chosen(bound, List.of(), -1, false))
            .toArray(Chosen[]::new);
    this.order = order;
    targets.forEach(bound -> byTarget.putIfAbsent(bound.target(), bound));
  }

  Bound at(int place) {
    return targets[place];
  }

  /** The choice of this place with nobody passed by. */
  Chosen first(int place) {
    return first[place];
  }

  SafeOrder order() {
    return order;
  }

  /** How many first choices are worth asking for before all are put in order. */
  int firstChoices() {
    return targets.length > FEW ? FIRST_CHOICES_OF_MANY : 1;
  }

  /** How many places may be known to have room, from {@link #withRoom}. */
  int mostKnown() {
    return targets.length > FEW && order.isDrawn() ? MOST_KNOWN : 0;
  }

  /** A place that had room lately, or {@link SafeOrder#NONE}; another one each time. */
  int withRoom() {
    return withRoom.get(Math.floorMod(turn.getAndIncrement(), MOST_KNOWN)) - 1;
  }

  /** It has no room any more. */
  void isFull(int place) {
    for (int known = 0; known < MOST_KNOWN; known++) {
      withRoom.compareAndSet(known, place + 1, 0);
    }
  }

  /**
   * Notes those that have quota left, since somebody had to look for them.
   *
   * @param places in the order in which they were looked at
   * @param from where the first of them was found
   */
  void found(int[] places, int from, long now) {
    int known = 0;
    for (int i = from; i < places.length && known < MOST_KNOWN; i++) {
      Bound target = targets[places[i]];
      if (i == from
          || target.gates().rests().remaining(now) <= 0
              && target.stats().quotaLeft(now) > ENOUGH_LEFT) {
        withRoom.set(known++, places[i] + 1);
      }
    }
  }

  @Nullable Bound find(Target target) {
    return byTarget.get(target);
  }
}
