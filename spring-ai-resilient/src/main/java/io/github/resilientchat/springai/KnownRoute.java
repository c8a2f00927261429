package io.github.resilientchat.springai;

import io.github.resilientchat.core.adapter.ByTarget;
import io.github.resilientchat.core.adapter.RouteTable;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * A route, bound to its models when it is set up.
 *
 * @param models by the targets that its router names
 * @param mostTokens the longest answer that any of the models gives by default, or null if none
 *     says
 */
record KnownRoute(Router router, ByTarget<KnownModel> models, @Nullable Integer mostTokens) {

  static KnownRoute of(RouteTable.Entry<KnownModel> entry) {
    ByTarget<KnownModel> models =
        new ByTarget<>(() -> entry.router().route().targets(), entry::model);
    @Nullable Integer most =
        models.values().stream()
            .map(KnownModel::options)
            .filter(Objects::nonNull)
            .map(ChatOptions::getMaxTokens)
            .filter(Objects::nonNull)
            .max(Integer::compare)
            .orElse(null);
    return new KnownRoute(entry.router(), models, most);
  }

  String name() {
    return router.route().name();
  }

  KnownModel model(Target target) {
    return models.of(target);
  }

  /** The options that its models were built with, in the order of its targets. */
  List<ChatOptions> options() {
    List<ChatOptions> all = new ArrayList<>();
    for (Target target : router.route().targets()) {
      @Nullable ChatOptions own = model(target).options();
      if (own != null) {
        all.add(own);
      }
    }
    return all;
  }
}
