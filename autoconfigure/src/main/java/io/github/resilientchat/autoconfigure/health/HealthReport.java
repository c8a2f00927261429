package io.github.resilientchat.autoconfigure.health;

import java.util.Map;

/**
 * How a route or an account is, in the words of whichever line of Spring Boot asks.
 *
 * @param details codes, names and times; never a prompt, an answer or a credential
 */
public record HealthReport(Status status, Map<String, Object> details) {

  /** Named as Spring Boot's own. */
  public enum Status {
    UP,
    /** No target can answer. */
    OUT_OF_SERVICE,
    /** Something is wrong that calls get around; the application's health does not hear of it. */
    DEGRADED,
    UNKNOWN
  }
}
