package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.route.Target;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter has for each target that a route's calls go to: made when the route is set up,
 * or, for a target that comes later, when a call first goes there. Thread-safe.
 *
 * @param <V> such as the framework's model
 */
public final class ByTarget<V> {

  /** So many that are not the route's any more are kept for calls under way. */
  private static final int MOST_GONE = 32;

  private final Supplier<List<Target>> now;
  private final Function<Target, V> make;
  private volatile Map<Target, V> known = new IdentityHashMap<>();

  /**
   * @param now the route's targets, as they are when it is asked
   * @param make asked under no lock, and perhaps twice where two calls come first
   */
  public ByTarget(Supplier<List<Target>> now, Function<Target, V> make) {
    this.now = now;
    this.make = make;
    now.get().forEach(this::of);
  }

  public V of(Target target) {
    @Nullable V value = known.get(target);
    return value == null ? later(target) : value;
  }

  /** All that were made and are kept. */
  public Collection<V> values() {
    return Collections.unmodifiableCollection(known.values());
  }

  private V later(Target target) {
    V made = make.apply(target);
    List<Target> targets = now.get();
    synchronized (this) {
      @Nullable V first = known.get(target);
      if (first != null) {
        return first;
      }
      Map<Target, V> more = new IdentityHashMap<>(known);
      more.put(target, made);
      if (more.size() > targets.size() + MOST_GONE) {
        Set<Target> stay = Collections.newSetFromMap(new IdentityHashMap<>());
        stay.addAll(targets);
        stay.add(target);
        more.keySet().retainAll(stay);
      }
      known = more;
    }
    return made;
  }
}
