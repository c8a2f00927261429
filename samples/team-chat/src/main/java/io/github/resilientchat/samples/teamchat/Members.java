package io.github.resilientchat.samples.teamchat;

import java.util.List;
import java.util.Map;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;

/** The team: its names, and what their tokens say of them. */
final class Members {

  private static final Map<String, List<String>> GROUPS =
      Map.of("alice", List.of("pro"), "bob", List.of());

  private Members() {}

  static UserDetails[] accounts() {
    return GROUPS.keySet().stream()
        .map(name -> User.withUsername(name).password("{noop}secret").roles(rolesOf(name)).build())
        .toArray(UserDetails[]::new);
  }

  /** Alice looks after the application, and so sees its live page. */
  private static String[] rolesOf(String name) {
    return name.equals("alice")
        ? new String[] {"MEMBER", "RESILIENT_OPERATOR"}
        : new String[] {"MEMBER"};
  }

  static List<String> groupsOf(String name) {
    return GROUPS.getOrDefault(name, List.of());
  }
}
