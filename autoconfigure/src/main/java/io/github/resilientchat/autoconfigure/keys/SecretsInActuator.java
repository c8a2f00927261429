package io.github.resilientchat.autoconfigure.keys;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Withholds credentials of this library in the actuator even where it is told to show values, and
 * whatever stands under a key that this library does not know.
 */
final class SecretsInActuator implements SanitizingFunction {

  private static final String ROOT = KeyCheck.ROOT + ".";

  private volatile @Nullable KnownKeys known;

  @Override
  public SanitizableData apply(SanitizableData data) {
    String key = data.getKey().toLowerCase(Locale.ROOT).replace('_', '.');
    Object value = data.getValue();
    if (value == null || !key.startsWith(ROOT)) {
      return data;
    }
    return isKnown(key) && !Secrets.withhold(key, value.toString()).equals(Secrets.WITHHELD)
        ? data
        : data.withSanitizedValue();
  }

  /** Dots and dashes are forgiven as in environment variables, which spell neither. */
  private boolean isKnown(String key) {
    ConfigurationPropertyName name = ConfigurationPropertyName.adapt(key, '.');
    return name.getNumberOfElements() < 2 || new KeyReader(known(), name, true).place().isPresent();
  }

  private KnownKeys known() {
    @Nullable KnownKeys read = known;
    if (read == null) {
      read = KnownKeys.of(PropertyRecords.of(getClass().getClassLoader()));
      known = read;
    }
    return read;
  }
}
