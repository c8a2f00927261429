package io.github.resilientchat.core.quota;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Limits that hold together: a call must fit all of them. At most one of each unit. */
public record Limits(List<Limit> all) {

  /** No limit at all. */
  public static final Limits NONE = new Limits(List.of());

  public Limits {
    all = List.copyOf(all);
    Set<Limit.Unit> units = new HashSet<>();
    for (Limit limit : all) {
      if (!units.add(limit.unit())) {
        throw new IllegalArgumentException("two limits of one unit: " + describe(all));
      }
    }
  }

  /** Reads limits separated by commas or spaces. */
  public static Limits parse(String text) {
    return new Limits(
        Arrays.stream(text.split("[,\\s]+"))
            .filter(part -> !part.isEmpty())
            .map(Limit::parse)
            .toList());
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** The limit of this unit, or null when there is none. */
  public @Nullable Limit of(Limit.Unit unit) {
    return all.stream().filter(limit -> limit.unit() == unit).findFirst().orElse(null);
  }

  /** Whether one of them is in money. */
  public boolean countMoney() {
    return all.stream().anyMatch(limit -> limit.unit().measure() == Limit.Measure.MONEY);
  }

  @Override
  public String toString() {
    return describe(all);
  }

  private static String describe(List<Limit> limits) {
    return limits.stream().map(Limit::toString).collect(Collectors.joining(" "));
  }
}
