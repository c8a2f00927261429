package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.RetryPolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Calls over routes of a few targets, at times that a test sets. */
abstract class RoutedCalls {

  static final ModelCall CALL = ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(100, 400));
  static final ModelCall STREAM =
      ModelCall.streaming(Caller.ANONYMOUS, new TokenEstimate(100, 400));

  final VirtualClock clock = new VirtualClock();
  final List<CallReport> reports = new ArrayList<>();
  final Engine engine =
      Engine.builder()
          .ticker(clock)
          .random(new Random(7))
          .classifier(Errors.CLASSIFIER)
          .listener(
              new RouteListener() {
                @Override
                public void onCall(CallReport report) {
                  reports.add(report);
                }
              })
          .build();

  final Target east = target("east", "sonnet", "us-east-1", "main");
  final Target west = target("west", "sonnet", "us-west-2", "main");
  final Target second = target("second", "sonnet", "us-east-1", "second");
  final Target third = target("third", "nova", "eu-west-1", "third");
  final Target haiku = target("haiku", "haiku", "us-east-1", "main");

  /** Lets in one call a day. */
  final Target full = Target.builder("full").limits(Limits.parse("1rpd")).build();

  static Target target(String name, String model, String region, String account) {
    return Target.builder(name).model(model).region(region).account(account).build();
  }

  /** Each target is a tier of its own, in this order. */
  Router router(RoutePolicy policy, Target... tiers) {
    Route.Builder route = Route.named("chat").strategy(RoutingStrategy.ordered()).policy(policy);
    for (Target target : tiers) {
      route.tier(target);
    }
    return engine.router(route.build());
  }

  Router router(Target... tiers) {
    return router(RoutePolicy.DEFAULTS, tiers);
  }

  /** All targets are one tier. */
  Router oneTier(RoutePolicy policy, RoutingStrategy strategy, Target... targets) {
    return engine.router(
        Route.named("chat").strategy(strategy).policy(policy).tier(targets).build());
  }

  Router oneTier(Target... targets) {
    return oneTier(RoutePolicy.DEFAULTS, RoutingStrategy.ordered(), targets);
  }

  static RetryPolicy attempts(int max) {
    return new RetryPolicy(max, Duration.ofMillis(200), Duration.ofSeconds(5));
  }

  static Attempt attempt(Step step) {
    assertThat(step).isInstanceOf(Attempt.class);
    return (Attempt) step;
  }

  static <T extends Throwable> T reason(Step step, Class<T> type) {
    assertThat(step).isInstanceOf(GiveUp.class);
    return type.cast(((GiveUp) step).reason());
  }

  static Step failed(Step step, FailureKind kind) {
    return attempt(step).failed(Errors.of(kind));
  }
}
