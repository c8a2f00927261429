package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.resilientchat.core.adapter.Author;
import io.github.resilientchat.core.adapter.RequestDefaults;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The model behind a target, and what is worked out of both once.
 *
 * @param facts of the model, with what requests are sent with by default
 * @param defaults what requests are sent with that do not say it themselves, or null for nothing
 * @param id the id that the target is sent
 * @param author whose reasoning the target writes and can read
 */
record KnownModel<M>(
    M model,
    ModelFacts facts,
    @Nullable ResilientChatRequestParameters defaults,
    String id,
    String author) {

  static <M> KnownModel<M> of(
      Target target,
      M model,
      ModelFacts own,
      Route route,
      RequestDefaults<ChatRequestParameters> given) {
    @Nullable String ownName = own.defaults().modelName();
    @Nullable ResilientChatRequestParameters defaults = merged(given.of(route, target, ownName));
    return new KnownModel<>(
        model,
        defaults == null ? own : own.with(defaults),
        defaults,
        idOf(target, ownName),
        Author.at(target, ownName));
  }

  /** The last of them comes first. */
  private static @Nullable ResilientChatRequestParameters merged(List<ChatRequestParameters> said) {
    if (said.isEmpty()) {
      return null;
    }
    ResilientChatRequestParameters.Builder all = ResilientChatRequestParameters.builder();
    said.forEach(all::overrideWith);
    return all.build();
  }

  /** A target that is known by its name alone has the model that its delegate names. */
  private static String idOf(Target target, @Nullable String own) {
    return own != null && target.model().equals(target.name()) ? own : target.model();
  }
}
