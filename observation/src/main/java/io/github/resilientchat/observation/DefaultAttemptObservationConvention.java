package io.github.resilientchat.observation;

import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * {@value #NAME} with {@code route}, {@code target} and {@code outcome}; for traces alone {@code
 * resilient.wait}, how long after the call it began, and {@code resilient.reason}, what the one
 * before it failed with. Made to be extended.
 */
public class DefaultAttemptObservationConvention implements AttemptObservationConvention {

  static final String NAME = "resilient.attempt";

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public String getContextualName(AttemptObservationContext context) {
    return "attempt " + context.target();
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(AttemptObservationContext context) {
    KeyValues values = KeyValues.of("route", context.route(), "target", context.target());
    AttemptObservationContext.@Nullable Outcome outcome = context.outcome();
    return outcome == null ? values : values.and("outcome", outcome.text());
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(AttemptObservationContext context) {
    KeyValues values = KeyValues.of("resilient.wait", context.waited().toMillis() + "ms");
    @Nullable String reason = context.reason();
    return reason == null ? values : values.and("resilient.reason", reason);
  }
}
