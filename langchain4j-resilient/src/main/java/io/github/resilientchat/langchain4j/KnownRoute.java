package io.github.resilientchat.langchain4j;

import io.github.resilientchat.core.adapter.ByTarget;
import io.github.resilientchat.core.adapter.RouteTable;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.List;

/**
 * A route and what its models say of themselves, read once: models do not change.
 *
 * @param facts what the targets that the route was set up with have in common
 * @param models by the targets that its router names
 */
record KnownRoute<M>(Router router, ModelFacts facts, ByTarget<KnownModel<M>> models) {

  static <M> KnownRoute<M> of(RouteTable.Entry<KnownModel<M>> entry) {
    Router router = entry.router();
    ByTarget<KnownModel<M>> models = new ByTarget<>(() -> router.route().targets(), entry::model);
    Route route = router.route();
    List<ModelFacts> all =
        route.targets().stream().map(target -> models.of(target).facts()).toList();
    return new KnownRoute<>(router, ModelFacts.common(route.name(), all), models);
  }

  String name() {
    return router.route().name();
  }

  KnownModel<M> model(Target target) {
    return models.of(target);
  }
}
