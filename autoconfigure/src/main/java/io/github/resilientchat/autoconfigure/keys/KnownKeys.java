package io.github.resilientchat.autoconfigure.keys;

import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * The property tree as its records declare it: groups with known children, groups whose children
 * are names, and leaves.
 */
final class KnownKeys {

  private static final String ROOT = "resilient";

  private final Group tree;

  private KnownKeys(Group tree) {
    this.tree = tree;
  }

  /** A place in the tree. */
  sealed interface Key {}

  /** Known children, by their dashed names. */
  record Group(Map<String, Key> children) implements Key {}

  /** One child of this form for each name that the user chooses. */
  record Named(Key child) implements Key {}

  /**
   * A value, or several.
   *
   * @param type of one
   */
  record Leaf(Class<?> type, boolean list) implements Key {}

  /** The keys of these records, each bound at {@code resilient} or a group directly below it. */
  static KnownKeys of(List<Class<?>> records) {
    Map<String, Key> tree = new LinkedHashMap<>();
    for (Class<?> type : records) {
      String prefix =
          MergedAnnotations.from(type).get(ConfigurationProperties.class).getString("prefix");
      if (prefix.equals(ROOT)) {
        tree.putAll(group(type).children());
      } else {
        tree.merge(prefix.substring(ROOT.length() + 1), group(type), KnownKeys::both);
      }
    }
    return new KnownKeys(new Group(tree));
  }

  /** Features may share a group. */
  private static Key both(Key one, Key other) {
    Map<String, Key> children = new LinkedHashMap<>(((Group) one).children());
    children.putAll(((Group) other).children());
    return new Group(children);
  }

  /** The tree below {@code resilient}. */
  Group tree() {
    return tree;
  }

  /** Every leaf below {@code resilient}, where {@code *} stands for a name. */
  List<List<String>> leaves() {
    List<List<String>> paths = new ArrayList<>();
    collect(tree, List.of(), paths);
    return paths;
  }

  private static void collect(Key key, List<String> path, List<List<String>> paths) {
    if (key instanceof Group group) {
      group.children().forEach((name, child) -> collect(child, append(path, name), paths));
    } else if (key instanceof Named named) {
      collect(named.child(), append(path, "*"), paths);
    } else {
      paths.add(path);
    }
  }

  private static List<String> append(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  private static Group group(Class<?> type) {
    Parameter[] parameters = type.getDeclaredConstructors()[0].getParameters();
    RecordComponent[] components = type.getRecordComponents();
    Map<String, Key> children = new LinkedHashMap<>();
    for (int i = 0; i < components.length; i++) {
      Name name = parameters[i].getAnnotation(Name.class);
      children.put(
          name == null ? dashed(components[i].getName()) : name.value(),
          key(components[i].getGenericType()));
    }
    return new Group(children);
  }

  private static Key key(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class
          ? new Named(key(arguments[1]))
          : new Leaf((Class<?>) arguments[0], true);
    }
    return ((Class<?>) type).isRecord() ? group((Class<?>) type) : new Leaf((Class<?>) type, false);
  }

  private static String dashed(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
