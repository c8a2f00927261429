package io.github.resilientchat.springai;

import io.github.resilientchat.core.adapter.Author;
import io.github.resilientchat.core.route.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * The model behind a target, and what is worked out of both once: models do not change.
 *
 * @param options what the model was built with
 * @param author who writes there; a target that is known by its name alone has the model it was
 *     built with
 */
record KnownModel(ChatModel model, @Nullable ChatOptions options, String author) {

  static KnownModel of(Target target, ChatModel model, @Nullable ChatOptions options) {
    return new KnownModel(
        model, options, Author.at(target, options == null ? null : options.getModel()));
  }
}
