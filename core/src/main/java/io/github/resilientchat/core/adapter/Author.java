package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * Which model writes at a target, and who can read what it wrote: reasoning and its signature are
 * for the model that wrote them, and another one refuses the conversation. Model means the
 * foundation model: Claude's signatures hold on every platform
 * (https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking), so certainly behind
 * every inference profile. One rule for all frameworks; how a message carries the note is theirs.
 */
public final class Author {

  /** Under which name an answer notes its author, if only that one can read all of it. */
  public static final String NOTE = "resilient.model";

  private Author() {}

  /**
   * The model that writes at this target.
   *
   * @param ownModel what the target's own model says it is; counts for a target that is known by
   *     its name alone
   */
  public static String at(Target target, @Nullable String ownModel) {
    boolean known = !target.foundationModel().equals(target.name());
    return known || ownModel == null ? target.foundationModel() : ownModel;
  }

  /** Whether somebody else wrote it; where nobody is noted, nobody can tell what it holds. */
  public static boolean isForeign(@Nullable Object noted, String reader) {
    return noted != null && !noted.equals(reader);
  }
}
