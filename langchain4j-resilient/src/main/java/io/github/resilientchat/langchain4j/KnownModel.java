package io.github.resilientchat.langchain4j;

import io.github.resilientchat.core.adapter.Author;
import io.github.resilientchat.core.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * The model behind a target, and what is worked out of both once.
 *
 * @param id the id that the target is sent
 * @param author whose reasoning the target writes and can read
 */
record KnownModel<M>(M model, ModelFacts facts, String id, String author) {

  static <M> KnownModel<M> of(Target target, M model, ModelFacts facts) {
    @Nullable String own = facts.defaults().modelName();
    return new KnownModel<>(model, facts, idOf(target, own), Author.at(target, own));
  }

  /** A target that is known by its name alone has the model that its delegate names. */
  private static String idOf(Target target, @Nullable String own) {
    return own != null && target.model().equals(target.name()) ? own : target.model();
  }
}
