package io.github.resilientchat.simulator;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request for a session of a role, as the simulator's log keeps it.
 *
 * @param caller name of the account that asked, or {@code web-identity}
 * @param seconds that the request asked for, or 0 when it did not say
 * @param tags of the session
 * @param refusal code of the error, or null when a session was given
 */
public record Assumption(
    Instant time,
    String caller,
    String roleArn,
    String sessionName,
    int seconds,
    Map<String, String> tags,
    @Nullable String refusal) {

  public Assumption {
    tags = Map.copyOf(tags);
  }

  public boolean granted() {
    return refusal == null;
  }
}
