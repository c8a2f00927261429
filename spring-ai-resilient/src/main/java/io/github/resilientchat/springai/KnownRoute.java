package io.github.resilientchat.springai;

import io.github.resilientchat.core.adapter.RouteTable;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * A route, bound to its models when it is set up.
 *
 * @param models by the route's own targets, which are what its router names
 * @param others of targets of another route, over which a caller's plan may send a call
 * @param mostTokens the longest answer that any of the models gives by default, or null if none
 *     says
 */
record KnownRoute(
    Router router,
    Map<Target, KnownModel> models,
    Function<Target, KnownModel> others,
    @Nullable Integer mostTokens) {

  static KnownRoute of(RouteTable.Entry<ChatModel> entry, OptionsBridge bridge) {
    Function<Target, KnownModel> bound =
        target -> {
          ChatModel model = entry.model(target);
          return KnownModel.of(target, model, bridge.own(model));
        };
    Map<Target, KnownModel> models = new IdentityHashMap<>();
    for (Target target : entry.router().route().targets()) {
      models.put(target, bound.apply(target));
    }
    @Nullable Integer most =
        models.values().stream()
            .map(KnownModel::options)
            .filter(Objects::nonNull)
            .map(ChatOptions::getMaxTokens)
            .filter(Objects::nonNull)
            .max(Integer::compare)
            .orElse(null);
    return new KnownRoute(entry.router(), models, bound, most);
  }

  String name() {
    return router.route().name();
  }

  KnownModel model(Target target) {
    @Nullable KnownModel model = models.get(target);
    return model == null ? others.apply(target) : model;
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
