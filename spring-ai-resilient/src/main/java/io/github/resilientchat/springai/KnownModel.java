package io.github.resilientchat.springai;

import io.github.resilientchat.core.adapter.Author;
import io.github.resilientchat.core.adapter.RequestDefaults;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * The model behind a target, and what is worked out of both once: models do not change.
 *
 * @param options what the model was built with, and the defaults over it
 * @param defaults what requests are sent with that do not say it themselves, the nearest last
 * @param author who writes there; a target that is known by its name alone has the model it was
 *     built with
 */
record KnownModel(
    ChatModel model,
    @Nullable ChatOptions options,
    List<ChatOptions> defaults,
    OptionsBridge bridge,
    String author) {

  static KnownModel of(
      Route route,
      Target target,
      ChatModel model,
      OptionsBridge bridge,
      RequestDefaults<ChatOptions> given) {
    @Nullable ChatOptions own = bridge.own(model);
    @Nullable String ownId = own == null ? null : own.getModel();
    List<ChatOptions> defaults = given.of(route, target, ownId);
    return new KnownModel(
        model, bridge.with(own, defaults), defaults, bridge, Author.at(target, ownId));
  }

  /** The request's options over the defaults. */
  @Nullable ChatOptions asked(@Nullable ChatOptions request) {
    return bridge.over(defaults, options, request);
  }
}
