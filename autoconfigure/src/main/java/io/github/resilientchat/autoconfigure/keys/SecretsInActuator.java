package io.github.resilientchat.autoconfigure.keys;

import java.util.Locale;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/** Withholds credentials of this library in the actuator even where it is told to show values. */
final class SecretsInActuator implements SanitizingFunction {

  @Override
  public SanitizableData apply(SanitizableData data) {
    String key = data.getKey().toLowerCase(Locale.ROOT).replace('_', '.');
    Object value = data.getValue();
    if (value == null || !key.startsWith("resilient.")) {
      return data;
    }
    return Secrets.withhold(key, value.toString()).equals(Secrets.WITHHELD)
        ? data.withSanitizedValue()
        : data;
  }
}
