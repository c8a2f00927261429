package io.github.resilientchat.core.operation;

import io.github.resilientchat.core.Quoted;
import io.github.resilientchat.core.route.Target;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A part of an engine's targets that is taken out together.
 *
 * @param name the target's, the Region's or the account's, as in {@link Target}
 */
public record Part(Kind kind, String name) {

  /** What the targets of a part share. */
  public enum Kind {
    TARGET,
    REGION,
    ACCOUNT
  }

  public Part {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a " + word(kind) + " needs a name");
    }
  }

  /** One target, in every route. */
  public static Part target(String name) {
    return new Part(Kind.TARGET, name);
  }

  /** All targets of a source Region. */
  public static Part region(String name) {
    return new Part(Kind.REGION, name);
  }

  /** All targets of an account. */
  public static Part account(String name) {
    return new Part(Kind.ACCOUNT, name);
  }

  /** What {@link #toString} wrote; null for anything else. */
  public static @Nullable Part read(String text) {
    int space = text.indexOf(' ');
    for (Kind kind : Kind.values()) {
      if (space > 0 && word(kind).equals(text.substring(0, space))) {
        String name = text.substring(space + 1);
        return name.isBlank() ? null : new Part(kind, name);
      }
    }
    return null;
  }

  public boolean covers(Target target) {
    return switch (kind) {
      case TARGET -> target.name().equals(name);
      case REGION -> target.region().equals(name);
      case ACCOUNT -> target.account().equals(name);
    };
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** The same for a name that nobody has looked at yet. */
  public String shown() {
    return word(kind) + " " + Quoted.of(name);
  }

  /** Kind and name, such as {@code region us-east-1}. */
  @Override
  public String toString() {
    return word(kind) + " " + name;
  }
}
