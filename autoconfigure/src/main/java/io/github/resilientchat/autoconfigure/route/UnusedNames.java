package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.Problems;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Remembers which names of one kind were used, to tell of those that nothing uses. */
final class UnusedNames {

  private final String group;
  private final String fix;
  private final Set<String> names;
  private final Set<String> used = new HashSet<>();

  /**
   * @param group that holds the names
   * @param fix what to do with one that nothing uses
   */
  UnusedNames(String group, String fix, Collection<String> names) {
    this.group = group;
    this.fix = fix;
    this.names = new TreeSet<>(names);
  }

  void use(String name) {
    used.add(name);
  }

  Set<String> used() {
    return Set.copyOf(used);
  }

  void report(Problems problems) {
    for (String name : names) {
      if (!used.contains(name)) {
        problems.doubt("resilient." + group + "." + name, null, "is used by no route", fix);
      }
    }
  }
}
