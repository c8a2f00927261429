package io.github.resilientchat.autoconfigure.engine;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be seen of calls afterwards.
 *
 * @param decisions Reports of the last calls.
 */
@ConfigurationProperties("resilient.observability")
record ObservabilityProperties(@DefaultValue Decisions decisions) {

  static final int DECISIONS_KEPT = 200;

  /**
   * Reports of the last calls.
   *
   * @param keep How many are kept in memory; 0 keeps none.
   */
  record Decisions(@DefaultValue("" + DECISIONS_KEPT) int keep) {}
}
