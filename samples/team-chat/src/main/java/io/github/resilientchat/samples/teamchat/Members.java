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
        .map(name -> User.withUsername(name).password("{noop}secret").roles("MEMBER").build())
        .toArray(UserDetails[]::new);
  }

  static List<String> groupsOf(String name) {
    return GROUPS.getOrDefault(name, List.of());
  }
}
