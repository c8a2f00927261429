package io.github.resilientchat.autoconfigure.keys;

import io.github.resilientchat.autoconfigure.keys.KeyReader.Place;
import io.github.resilientchat.autoconfigure.keys.KnownKeys.Leaf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Checks that every property under {@code resilient} is one that is read: Spring Boot's binder
 * passes over unknown keys, drops values of groups, and makes ghost entries of names that
 * environment variables cannot spell.
 */
final class KeyCheck {

  static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("resilient");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

  private final UnknownKeys unknown;
  private final KnownKeys known;
  private final Problems problems;
  private final List<SetKey> keys = new ArrayList<>();
  private final Map<String, ConfigurationPropertySource> inForce = new HashMap<>();
  private final Set<String> misnamed = new HashSet<>();

  /**
   * A key under {@code resilient} that is set.
   *
   * @param group directly under {@code resilient}
   */
  record SetKey(String group, String key, String value) {}

  KeyCheck(KnownKeys known, Problems problems) {
    this.known = known;
    this.problems = problems;
    this.unknown = new UnknownKeys(known, problems);
  }

  /**
   * Checks all sources.
   *
   * @param credentialsAreRead whether those of accounts are of any use
   * @return the keys that are set, wrong ones too
   */
  List<SetKey> check(Environment environment, boolean credentialsAreRead) {
    ValueCheck values = new ValueCheck(environment, credentialsAreRead, problems);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable) {
        try (Stream<ConfigurationPropertyName> names = iterable.stream()) {
          names
              .filter(name -> ROOT.equals(name) || ROOT.isAncestorOf(name))
              .forEach(name -> check(name, source, values));
        }
      }
    }
    return keys;
  }

  private void check(
      ConfigurationPropertyName name, ConfigurationPropertySource source, ValueCheck values) {
    String value = valueOf(source, name);
    boolean variable = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
    Optional<Place> place = new KeyReader(known, name, variable).place();
    boolean leaf = place.isPresent() && place.get().key() instanceof Leaf;
    String path = path(name, Form.UNIFORM);
    if (variable
        && (leaf
            ? KubernetesVariables.isAddress(path, value)
            : KubernetesVariables.contains(path, value))) {
      return;
    }
    if (name.getNumberOfElements() > 1) {
      keys.add(new SetKey(name.getElement(1, Form.UNIFORM), name.toString(), value));
    }
    if (place.isEmpty()) {
      unknown.report(name.toString(), path, path(name, Form.DASHED), value);
    } else {
      names(place.get());
      if (place.get().key() instanceof Leaf single) {
        if (isInForce(place.get(), source)) {
          values.check(name.toString(), value, single);
        }
      } else if (!isBlankAccount(name, value)) {
        group(name, value, place.get());
      }
    }
  }

  /** A value that a source before this one overrides does no harm. */
  private boolean isInForce(Place place, ConfigurationPropertySource source) {
    String path = String.join(".", place.path());
    return source.equals(inForce.computeIfAbsent(path, first -> source));
  }

  private void group(ConfigurationPropertyName name, String value, Place place) {
    problems.add(
        name.toString(),
        value,
        "is a group of properties, so a value of its own would hide those in it",
        name + " needs a key below it" + children(place));
    problems.explain(name.toString());
    problems.explain(name.getParent().toString());
  }

  /** One problem for each name that no environment variable can spell. */
  private void names(Place place) {
    for (int position : place.names()) {
      String name = place.path().get(position);
      if (!NAME.matcher(name).matches()) {
        String before = ROOT + "." + String.join(".", place.path().subList(0, position)) + ".";
        if (misnamed.add(before + name)) {
          String spelled = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
          problems.add(
              before + name,
              null,
              "names must match [a-z0-9]+, because an environment variable cannot spell any other",
              (spelled.isEmpty() ? "" : "write " + before + spelled + "; ")
                  + "ids, ARNs and users go in values, not in keys");
        }
      }
    }
  }

  private static String children(Place place) {
    return place.key() instanceof KnownKeys.Group group
        ? ": one of " + String.join(", ", group.children().keySet())
        : ", the name";
  }

  private static boolean isBlankAccount(ConfigurationPropertyName name, String value) {
    return value.isBlank()
        && name.getNumberOfElements() == 3
        && name.getElement(1, Form.UNIFORM).equals("accounts");
  }

  private static String path(ConfigurationPropertyName name, Form form) {
    List<String> elements = new ArrayList<>();
    for (int i = 1; i < name.getNumberOfElements(); i++) {
      elements.add(name.getElement(i, form));
    }
    return String.join(".", elements);
  }

  private static String valueOf(
      ConfigurationPropertySource source, ConfigurationPropertyName name) {
    return Optional.ofNullable(source.getConfigurationProperty(name))
        .map(property -> String.valueOf(property.getValue()))
        .orElse("");
  }
}
