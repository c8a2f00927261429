package io.github.resilientchat.core.adapter;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Types that are known by name, since an application need not have them on its class path.
 *
 * @param names with their packages
 */
public record NamedTypes(Set<String> names) {

  public NamedTypes {
    names = Set.copyOf(names);
  }

  public static NamedTypes of(String... names) {
    return new NamedTypes(Set.of(names));
  }

  /** Whether an error is of one of them, or of one that extends it. */
  public boolean include(Throwable error) {
    @Nullable Class<?> type = error.getClass();
    while (type != null && !names.contains(type.getName())) {
      type = type.getSuperclass();
    }
    return type != null;
  }
}
