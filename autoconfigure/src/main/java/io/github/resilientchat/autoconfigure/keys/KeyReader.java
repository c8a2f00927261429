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

  /** Where a property belongs; names that the user chose are kept in their order. */
  record Place(Key key, List<String> names) {}

  KeyReader(KnownKeys known, ConfigurationPropertyName name, boolean environmentVariable) {
    this.known = known;
    this.name = name;
    this.environmentVariable = environmentVariable;
  }

  /** The place of the property, or empty when it is unknown. */
  Optional<Place> place() {
    return Optional.ofNullable(descend(known.tree(), 1, List.of()));
  }

  private @Nullable Place descend(Key key, int index, List<String> names) {
    if (index == name.getNumberOfElements()) {
      return new Place(key, names);
    }
    if (key instanceof Leaf leaf) {
      boolean element = leaf.list() && isNumber(index) && index + 1 == name.getNumberOfElements();
      return element ? new Place(key, names) : null;
    }
    if (key instanceof Named named) {
      List<String> longer = new ArrayList<>(names);
      longer.add(name.getElement(index, Form.ORIGINAL));
      return descend(named.child(), index + 1, longer);
    }
    return child((Group) key, index, names);
  }

  private @Nullable Place child(Group group, int index, List<String> names) {
    for (Map.Entry<String, Key> child : group.children().entrySet()) {
      String wanted = child.getKey().replace("-", "");
      StringBuilder read = new StringBuilder();
      int end = index;
      do {
        read.append(name.getElement(end++, Form.UNIFORM));
        Place place = wanted.contentEquals(read) ? descend(child.getValue(), end, names) : null;
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
