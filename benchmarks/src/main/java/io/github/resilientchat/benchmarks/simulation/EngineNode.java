package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.Engine;
import io.github.resilientchat.core.Route;
import io.github.resilientchat.core.RoutePolicy;
import io.github.resilientchat.core.Router;
import io.github.resilientchat.core.Target;
import io.github.resilientchat.core.strategy.RoutingStrategy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A router made of the real engine. */
final class EngineNode implements Node {

  private final World world;
  private final Router router;
  private final Map<String, Integer> indexes = new HashMap<>();

  EngineNode(World world, RoutingStrategy strategy, RandomGenerator random) {
    this.world = world;
    List<Target> targets =
        Deployment.FLEET.stream().map(deployment -> deployment.target("")).toList();
    targets.forEach(target -> indexes.put(target.name(), indexes.size()));
    Engine engine =
        Engine.builder()
            .ticker(world.time())
            .random(random)
            .classifier(ProviderError.CLASSIFIER)
            .build();
    RoutePolicy policy = RoutePolicy.DEFAULTS.withMaxWait(world.rigour().maxWait());
    this.router =
        engine.router(Route.named("chat").tier(targets).strategy(strategy).policy(policy).build());
  }

  @Override
  public void take(Request request) {
    new EngineCall(world, request, this::indexOf).follow(router.begin(request.call()));
  }

  private int indexOf(Target target) {
    Integer index = indexes.get(target.name());
    if (index == null) {
      throw new IllegalStateException("unknown target " + target);
    }
    return index;
  }
}
