package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.operation.RouteStatus;
import io.github.resilientchat.core.operation.TargetStatus;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Three targets in two Regions and accounts, with an operator at hand. */
abstract class OperatedTargets {

  static final ModelCall CALL = ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(100, 400));

  final VirtualClock clock = new VirtualClock();
  final Engine engine =
      Engine.builder().ticker(clock).random(new Random(7)).classifier(Errors.CLASSIFIER).build();
  final Operations operations = engine.operations();

  final Target east = target("east", "us-east-1", "main");
  final Target west = target("west", "us-west-2", "main");
  final Target burst = target("burst", "us-east-1", "second");

  static Target target(String name, String region, String account) {
    return Target.builder(name).model("sonnet").region(region).account(account).build();
  }

  Router router(RoutingStrategy strategy, Target... targets) {
    return engine.router(Route.named("chat").strategy(strategy).tier(targets).build());
  }

  static Attempt attempt(Step step) {
    assertThat(step).isInstanceOf(Attempt.class);
    return (Attempt) step;
  }

  static Set<Target> asked(Router router, int calls) {
    Set<Target> asked = new HashSet<>();
    for (int call = 0; call < calls; call++) {
      Attempt attempt = attempt(router.begin(CALL));
      asked.add(attempt.target());
      attempt.completed(null);
    }
    return asked;
  }

  RouteStatus route() {
    assertThat(operations.routes()).hasSize(1);
    return operations.routes().get(0);
  }

  TargetStatus status(Target target) {
    return route().targets().stream()
        .filter(each -> each.target().equals(target))
        .findFirst()
        .orElseThrow();
  }
}
