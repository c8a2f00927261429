package io.github.resilientchat.core.engine;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Streams over routes whose second target is asked beside the first. */
abstract class HedgedCalls {

  static final Duration AFTER = Duration.ofSeconds(2);

  final VirtualClock clock = new VirtualClock();
  final List<CallReport> reports = new ArrayList<>();
  final Target first = Target.named("first");
  final Target second = Target.named("second");

  final Engine.Builder engine() {
    return Engine.builder()
        .ticker(clock)
        .classifier(Errors.CLASSIFIER)
        .listener(
            new RouteListener() {
              @Override
              public void onCall(CallReport report) {
                reports.add(report);
              }
            });
  }

  static Router router(Engine engine, HedgePolicy hedge, Target... targets) {
    return engine.router(
        Route.named("chat")
            .strategy(RoutingStrategy.ordered())
            .tier(targets)
            .policy(RoutePolicy.DEFAULTS.withHedge(hedge))
            .build());
  }

  static ModelCall call() {
    return ModelCall.streaming(Caller.user("u"), new TokenEstimate(100, 400));
  }

  /** Twenty calls save up one hedge. */
  final void saveUp(Router saving) {
    for (int call = 0; call < 20; call++) {
      ((Attempt) saving.begin(call())).completed(Usage.of(1, 1));
    }
    reports.clear();
  }

  final Attempt begin(Router on) {
    saveUp(on);
    return (Attempt) on.begin(call());
  }
}
