package io.github.resilientchat.autoconfigure.engine;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be seen of calls afterwards.
 *
 * @param decisions Reports of the last calls.
 * @param genAi Which of OpenTelemetry's names for calls of models are measured: 'current' for those
 *     that the frameworks use, 'latest' for those of 2026 beside them, 'off' for none.
 * @param hashKey Secret by which callers are hashed in traces, at least 16 characters, the same in
 *     all instances whose traces are to tell of one caller alike; each start makes its own when not
 *     set.
 */
@ConfigurationProperties("resilient.observability")
record ObservabilityProperties(
    @DefaultValue Decisions decisions,
    @DefaultValue("current") GenAi genAi,
    @Nullable String hashKey) {

  static final int DECISIONS_KEPT = 200;

  /**
   * Reports of the last calls.
   *
   * @param keep How many are kept in memory; 0 keeps none.
   */
  record Decisions(@DefaultValue("" + DECISIONS_KEPT) int keep) {}
}
