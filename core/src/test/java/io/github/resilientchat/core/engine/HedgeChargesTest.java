package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Plan;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is charged and held for a call that two targets were asked for. */
class HedgeChargesTest extends HedgedCalls {

  private record Charged(List<Long> charged) implements Reservation {
    @Override
    public void settle(long used) {
      charged.add(used);
    }

    @Override
    public void keep() {
      charged.add(-1L);
    }

    @Override
    public void giveBack() {
      charged.add(-2L);
    }
  }

  @Test
  void loserThatAnswersBeforeTheWinnerEndsIsChargedWhatItUsed() {
    List<Long> charged = new ArrayList<>();
    Engine counting = engine().quotas(call -> new Admission.Granted(new Charged(charged))).build();
    Router hedged = router(counting, new HedgePolicy(AFTER, 5), first, second);
    Attempt slow = begin(hedged);
    charged.clear();
    Attempt hedge = (Attempt) slow.hedge();
    slow.accept();

    assertThat(hedge.completed(Usage.of(100, 60))).isFalse();

    slow.completed(Usage.of(100, 50));
    assertThat(charged).containsExactly(310L);
  }

  @Test
  void callThatItsHedgeAbandonsStaysChargedForTheTargetThatWasAsked() {
    Plan plan = new Plan("default", Limits.parse("600tpm"), Set.of());
    Engine limited =
        engine().quotas(PlanQuotas.builder().everyone(plan).ticker(clock).build()).build();
    Router hedged = router(limited, new HedgePolicy(AFTER, 5), first, second);
    Attempt hedge = (Attempt) begin(hedged).hedge();

    hedge.abandoned();

    assertThat(((GiveUp) hedged.begin(call())).reason()).isInstanceOf(QuotaExceededException.class);
  }

  @Test
  void permitsOfTheLoserComeBackAndItsCostIsCharged() {
    Target a = Target.builder("a").limits(Limits.parse("100par")).build();
    Target b = Target.builder("b").limits(Limits.parse("1par")).build();
    Plan plan = new Plan("default", Limits.parse("100ktpm"), Set.of());
    Engine limited =
        engine().quotas(PlanQuotas.builder().everyone(plan).ticker(clock).build()).build();
    Router hedged = router(limited, new HedgePolicy(AFTER, 5), a, b);
    Attempt slow = begin(hedged);
    Attempt hedge = (Attempt) slow.hedge();
    slow.accept();
    slow.completed(Usage.of(100, 50));

    assertThat(router(limited, HedgePolicy.OFF, b).begin(call())).isInstanceOf(Attempt.class);
    assertThat(hedge.accept()).isFalse();
    Step rest = hedged.begin(ModelCall.streaming(Caller.user("u"), new TokenEstimate(99_760, 0)));
    assertThat(((GiveUp) rest).reason()).isInstanceOf(QuotaExceededException.class);
  }
}
