package io.github.resilientchat.autoconfigure.keys;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/** Finds where properties were set. */
final class Origins {

  private Origins() {}

  /** " (from ...)", or nothing when the property is not set or its source keeps no origins. */
  static String describe(Environment environment, String key) {
    return Stream.of(key, key + "[0]")
        .map(candidate -> ConfigurationPropertyName.adapt(candidate, '.'))
        .flatMap(name -> origin(environment, name).stream())
        .findFirst()
        .map(origin -> " (from " + origin + ")")
        .orElse("");
  }

  private static Optional<Origin> origin(Environment environment, ConfigurationPropertyName name) {
    return StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
        .map(source -> source.getConfigurationProperty(name))
        .filter(Objects::nonNull)
        .findFirst()
        .flatMap(property -> Optional.ofNullable(property.getOrigin()));
  }
}
