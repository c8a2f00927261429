package io.github.resilientchat.langchain4j;

import io.github.resilientchat.core.adapter.RouteTable;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A route and what its models say of themselves, read once: models do not change.
 *
 * @param facts what the targets of the route have in common
 * @param models by the route's own targets, which are what its router names
 * @param others of targets of another route, over which a caller's plan may send a call
 */
record KnownRoute<M>(
    Router router,
    ModelFacts facts,
    Map<Target, KnownModel<M>> models,
    Function<Target, KnownModel<M>> others) {

  static <M> KnownRoute<M> of(RouteTable.Entry<M> entry, Function<M, ModelFacts> factsOf) {
    Route route = entry.router().route();
    Map<Target, KnownModel<M>> models = new IdentityHashMap<>();
    List<ModelFacts> all = new ArrayList<>();
    for (Target target : route.targets()) {
      M model = entry.model(target);
      ModelFacts facts = factsOf.apply(model);
      models.put(target, KnownModel.of(target, model, facts));
      all.add(facts);
    }
    Function<Target, KnownModel<M>> others =
        target -> {
          M model = entry.model(target);
          return KnownModel.of(target, model, factsOf.apply(model));
        };
    return new KnownRoute<>(entry.router(), ModelFacts.common(route.name(), all), models, others);
  }

  String name() {
    return router.route().name();
  }

  KnownModel<M> model(Target target) {
    @Nullable KnownModel<M> model = models.get(target);
    return model == null ? others.apply(target) : model;
  }
}
