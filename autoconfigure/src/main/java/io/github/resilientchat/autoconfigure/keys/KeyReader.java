package io.github.resilientchat.autoconfigure.keys;

import io.github.resilientchat.autoconfigure.keys.KnownKeys.Group;
import io.github.resilientchat.autoconfigure.keys.KnownKeys.Key;
import io.github.resilientchat.autoconfigure.keys.KnownKeys.Leaf;
import io.github.resilientchat.autoconfigure.keys.KnownKeys.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Finds where in the tree a property belongs.
 *
 * <p>An environment variable cannot say whether an underscore separates two keys or stands for a
 * dash, and Spring Boot binds both; so several of its elements may be one key.
 */
final class KeyReader {

  private final KnownKeys known;
  private final ConfigurationPropertyName name;
  private final boolean environmentVariable;

  /**
   * Where a property belongs.
   *
   * @param path below {@code resilient}, as the tree spells it, with the names that the user chose
   *     and without the index of a list's element
   * @param names positions in the path of what the user chose
   */
  record Place(Key key, List<String> path, List<Integer> names) {

    /** With one more element. */
    Place then(Key child, String element) {
      List<Integer> chosen = new ArrayList<>(names);
      if (key instanceof Named) {
        chosen.add(path.size());
      }
      List<String> longer = new ArrayList<>(path);
      longer.add(element);
      return new Place(child, longer, chosen);
    }
  }

  KeyReader(KnownKeys known, ConfigurationPropertyName name, boolean environmentVariable) {
    this.known = known;
    this.name = name;
    this.environmentVariable = environmentVariable;
  }

  /** The place of the property, or empty when it is unknown. */
  Optional<Place> place() {
    return Optional.ofNullable(descend(new Place(known.tree(), List.of(), List.of()), 1));
  }

  private @Nullable Place descend(Place place, int index) {
    if (index == name.getNumberOfElements()) {
      return place;
    }
    if (place.key() instanceof Leaf leaf) {
      boolean element = leaf.list() && isNumber(index) && index + 1 == name.getNumberOfElements();
      return element ? place : null;
    }
    if (place.key() instanceof Named named) {
      return descend(place.then(named.child(), name.getElement(index, Form.ORIGINAL)), index + 1);
    }
    return child(place, (Group) place.key(), index);
  }

  private @Nullable Place child(Place parent, Group group, int index) {
    for (Map.Entry<String, Key> child : group.children().entrySet()) {
      String wanted = child.getKey().replace("-", "");
      StringBuilder read = new StringBuilder();
      int end = index;
      do {
        read.append(name.getElement(end++, Form.UNIFORM));
        Place place =
            wanted.contentEquals(read)
                ? descend(parent.then(child.getValue(), child.getKey()), end)
                : null;
        if (place != null) {
          return place;
        }
      } while (environmentVariable && end < name.getNumberOfElements());
    }
    return null;
  }

  private boolean isNumber(int index) {
    return name.getElement(index, Form.UNIFORM).chars().allMatch(Character::isDigit);
  }
}
