package io.github.resilientchat.autoconfigure.keys;

import io.github.resilientchat.autoconfigure.keys.KeyReader.Place;
import io.github.resilientchat.autoconfigure.keys.KnownKeys.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private final KnownKeys known;
  private final Problems problems;
  private final List<SetKey> keys = new ArrayList<>();

  /**
   * A key under {@code resilient} that is set.
   *
   * @param group directly under {@code resilient}
   */
  record SetKey(String group, String key, String value) {}

  KeyCheck(KnownKeys known, Problems problems) {
    this.known = known;
    this.problems = problems;
  }

  /** Checks all sources; returns the keys that are set, wrong ones too. */
  List<SetKey> check(Environment environment) {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable) {
        boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
        try (Stream<ConfigurationPropertyName> names = iterable.stream()) {
          names
              .filter(name -> ROOT.equals(name) || ROOT.isAncestorOf(name))
              .forEach(name -> check(name, valueOf(source, name), variables));
        }
      }
    }
    return keys;
  }

  private void check(ConfigurationPropertyName name, String value, boolean variable) {
    Optional<Place> place = new KeyReader(known, name, variable).place();
    if (variable
        && place.isEmpty()
        && KubernetesVariables.contains(
            known.tree().children().keySet(), path(name, Form.UNIFORM), value)) {
      return;
    }
    if (name.getNumberOfElements() > 1) {
      keys.add(new SetKey(name.getElement(1, Form.UNIFORM), name.toString(), value));
    }
    if (place.isEmpty()) {
      unknown(name, value);
    } else if (place.get().names().stream().anyMatch(each -> !NAME.matcher(each).matches())) {
      problems.add(
          name.toString(),
          value,
          "names must match [a-z0-9]+, because an environment variable cannot spell any other",
          "use lower-case letters and digits only; ids, ARNs and users go in values, not in keys");
    } else if (!(place.get().key() instanceof Leaf) && !isBlankAccount(name, value)) {
      problems.add(
          name.toString(),
          value,
          "is a group of properties, so a value of its own would hide those in it",
          name + " needs a key below it" + children(place.get()));
    }
  }

  private void unknown(ConfigurationPropertyName name, String value) {
    String path = path(name, Form.UNIFORM);
    if (PlannedKeys.contains(path)) {
      problems.add(
          name.toString(), value, "is not supported by this version", "remove the property");
      return;
    }
    String typed = path(name, Form.DASHED);
    String fix =
        Nearest.to(typed, candidates(typed))
            .map(nearest -> "did you mean 'resilient." + nearest + "'?")
            .orElse("remove it, or see the list of properties in the documentation");
    problems.addUnknown(name.toString(), "is not a known property", fix);
  }

  /** Every leaf, with the names that were typed in place of the names that a user chooses. */
  private List<String> candidates(String typed) {
    String[] elements = typed.split("\\.");
    return known.leaves().stream()
        .map(
            path -> {
              List<String> spelled = new ArrayList<>(path);
              for (int i = 0; i < spelled.size(); i++) {
                if (spelled.get(i).equals("*")) {
                  spelled.set(i, i < elements.length ? elements[i] : "<name>");
                }
              }
              return String.join(".", spelled);
            })
        .toList();
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
