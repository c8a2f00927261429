package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.adapter.AlreadyEnded;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** When no second target is asked beside the first. */
class HedgeBoundsTest extends HedgedCalls {

  private final Engine engine = engine().build();
  private final Router router = router(engine, new HedgePolicy(AFTER, 5), first, second);

  @Test
  void throttleOfOneModelStopsHedgesOfAllOverTheRoute() {
    Target third = Target.named("third");
    Router other = router(engine, new HedgePolicy(AFTER, 5), first, second, third);
    saveUp(other);
    ((Attempt) other.begin(call())).failed(Errors.of(FailureKind.THROTTLED));

    Router same = router(engine, new HedgePolicy(AFTER, 5), first, second, third);

    assertThat(((Attempt) same.begin(call())).hedge()).isSameAs(AlreadyEnded.INSTANCE);
  }

  @Test
  void callsThatTheirQuotaRefusesSaveUpNoHedge() {
    AtomicBoolean full = new AtomicBoolean(true);
    Admission refused = new Admission.Refused("plan", "1rpm", AFTER);
    Engine strict =
        engine().quotas(call -> full.get() ? refused : Admission.Unlimited.INSTANCE).build();
    Router refusing = router(strict, new HedgePolicy(AFTER, 5), first, second);
    for (int call = 0; call < 20; call++) {
      assertThat(refusing.begin(call())).isInstanceOf(GiveUp.class);
    }
    full.set(false);

    Attempt slow = (Attempt) refusing.begin(call());

    assertThat(slow.hedge()).isSameAs(AlreadyEnded.INSTANCE);
  }

  @Test
  void thereIsOneHedgeAtATimeAndFivePercentOfTheCalls() {
    Attempt slow = begin(router);
    Attempt hedge = (Attempt) slow.hedge();
    assertThat(slow.hedge()).isSameAs(AlreadyEnded.INSTANCE);
    assertThat(hedge.hedge()).isSameAs(AlreadyEnded.INSTANCE);
    hedge.completed(null);

    Attempt next = (Attempt) router.begin(call());

    assertThat(next.hedge()).isSameAs(AlreadyEnded.INSTANCE);
  }

  @Test
  void neverAfterContentNorWithToolsNorForWholeAnswers() {
    Attempt committed = begin(router);
    committed.accept();
    assertThat(committed.hedge()).isSameAs(AlreadyEnded.INSTANCE);

    for (ModelCall other :
        List.of(
            call().needing(Set.of(Capability.TOOLS)),
            ModelCall.blocking(Caller.user("u"), new TokenEstimate(1, 1)))) {
      Attempt attempt = (Attempt) router.begin(other);
      assertThat(attempt.hedgeAfter()).isEmpty();
      assertThat(attempt.hedge()).isSameAs(AlreadyEnded.INSTANCE);
    }
  }

  @Test
  void offUnlessConfigured() {
    Attempt attempt = begin(router(engine, HedgePolicy.OFF, first, second));

    assertThat(attempt.hedgeAfter()).isEmpty();
    assertThat(attempt.hedge()).isSameAs(AlreadyEnded.INSTANCE);
  }

  @Test
  void offWhileQuotaIsShort() {
    Target scarce = Target.builder("scarce").limits(Limits.parse("22rpm")).build();
    Attempt attempt = begin(router(engine, new HedgePolicy(AFTER, 5), scarce, second));

    assertThat(attempt.target()).isEqualTo(scarce);
    assertThat(attempt.hedge()).isSameAs(AlreadyEnded.INSTANCE);
  }

  @Test
  void offForAWhileAfterAThrottle() {
    Target third = Target.named("third");
    Router three = router(engine, new HedgePolicy(AFTER, 5), first, second, third);
    saveUp(three);
    Attempt next =
        (Attempt) ((Attempt) three.begin(call())).failed(Errors.of(FailureKind.THROTTLED));
    assertThat(next.hedge()).isSameAs(AlreadyEnded.INSTANCE);
    next.completed(null);

    clock.advance(Duration.ofSeconds(31));

    assertThat(((Attempt) three.begin(call())).hedge()).isInstanceOf(Attempt.class);
  }
}
