package io.github.resilientchat.core.quota;

import java.util.Set;

/**
 * Limits for certain users; each of them has an account of their own.
 *
 * @param name the plan's name, shown in refusals
 * @param limits what each user may use
 * @param users ids of the users who are on this plan
 */
public record Plan(String name, Limits limits, Set<String> users) {

  public Plan {
    users = Set.copyOf(users);
    if (limits.isEmpty()) {
      throw new IllegalArgumentException("plan " + name + " needs limits");
    }
  }
}
