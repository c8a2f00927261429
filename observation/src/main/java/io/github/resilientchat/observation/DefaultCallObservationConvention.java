package io.github.resilientchat.observation;

import io.github.resilientchat.core.report.CallReport;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@value #NAME} with {@code route} and {@code outcome}; for traces alone {@code resilient.target},
 * {@code resilient.attempts}, {@code resilient.moves} and {@code resilient.caller}, the caller's
 * hash. It is not a {@code gen_ai.client.operation}: tokens would be counted twice. Made to be
 * extended.
 */
public class DefaultCallObservationConvention implements CallObservationConvention {

  static final String NAME = "resilient.chat";

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public String getContextualName(CallObservationContext context) {
    return "chat " + context.route();
  }

  @Override
  public KeyValues getLowCardinalityKeyValues(CallObservationContext context) {
    KeyValues values = KeyValues.of("route", context.route());
    CallReport.@Nullable Ending ending = context.ending();
    return ending == null ? values : values.and("outcome", ending.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(CallObservationContext context) {
    KeyValues values = with(KeyValues.empty(), "resilient.target", context.target());
    values = with(values, "resilient.attempts", context.attempts());
    values = with(values, "resilient.moves", context.moves());
    return with(values, "resilient.caller", context.caller());
  }

  private static KeyValues with(KeyValues values, String key, @Nullable String value) {
    return value == null ? values : values.and(KeyValue.of(key, value));
  }
}
