package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.simulator.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A 403 that is about the request's cache points and about nobody's credentials. */
class RefusedCachePointTest {

  private static final ModelCall CALL =
      ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(100, 100));

  private final Simulated simulated = Simulated.start();
  private final Target first = in("acme.new-1", simulated.account);
  private final Target second = in("acme.new-2", simulated.account);
  private final Target third = in(Simulated.MODEL, simulated.account);
  private final Target elsewhere = in(Simulated.MODEL, simulated.account("green"));
  private final Router router =
      Engine.builder()
          .build()
          .router(
              Route.named("chat")
                  .strategy(RoutingStrategy.ordered())
                  .tier(first, second, third, elsewhere)
                  .build());

  @AfterEach
  void close() {
    simulated.close();
  }

  private Target in(String model, BedrockAccount account) {
    return BedrockTargets.of(simulated.clients, account).in("us-east-1", model).target();
  }

  private static Attempt at(Target target, Step step) {
    assertThat(step).isInstanceOf(Attempt.class);
    assertThat(((Attempt) step).target()).isEqualTo(target);
    return (Attempt) step;
  }

  @Test
  void twoModelsThatRefuseThemLeaveTheAccountAndEachOtherAlone() {
    simulated.bedrock.fault(
        Fault.httpError(
            403,
            "AccessDeniedException",
            "You invoked an unsupported model or your request did not allow prompt caching."));
    Throwable refused = catchThrowable(simulated::ask);

    Attempt again = at(second, at(first, router.begin(CALL)).failed(refused));
    assertThat(at(third, again.failed(refused)).completed(Usage.of(1, 1))).isTrue();
    at(first, router.begin(CALL)).cancelled();
  }
}
