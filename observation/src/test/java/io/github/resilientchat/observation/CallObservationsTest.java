package io.github.resilientchat.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.observation.AttemptObservationContext.Outcome;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What observations are called and hold. */
class CallObservationsTest {

  private static final CallerIds IDS = CallerIds.keyed("a-secret-of-the-tests");

  private final TestObservationRegistry registry = TestObservationRegistry.create();
  private final CallObservations ours = new CallObservations(registry, null, null, IDS);

  @Test
  void callSaysItsRouteAtOnceAndWhatBecameOfItInTheEnd() {
    CallObservationContext known = ours.context("chat", Caller.user("alice"));
    Observation call = ours.call(known).start();
    assertThat(known.getLowCardinalityKeyValue("route").getValue()).isEqualTo("chat");

    known.target("east");
    known.attempts("2");
    known.moves("east: THROTTLED");
    known.ending(CallReport.Ending.ANSWERED);
    call.stop();

    TestObservationRegistryAssert.assertThat(registry)
        .hasObservationWithNameEqualTo("resilient.chat")
        .that()
        .hasContextualNameEqualTo("chat chat")
        .hasLowCardinalityKeyValue("outcome", "answered")
        .hasHighCardinalityKeyValue("resilient.target", "east")
        .hasHighCardinalityKeyValue("resilient.attempts", "2")
        .hasHighCardinalityKeyValue("resilient.moves", "east: THROTTLED")
        .hasHighCardinalityKeyValue("resilient.caller", IDS.of(Caller.user("alice")));
  }

  @Test
  void attemptSaysItsTargetItsWaitAndWhatTheOneBeforeFailedWith() {
    AttemptObservationContext known =
        new AttemptObservationContext("chat", "west", Duration.ofMillis(7), "THROTTLED");
    Observation attempt = ours.attempt(known).start();
    known.outcome(Outcome.CANCELLED);
    attempt.stop();

    TestObservationRegistryAssert.assertThat(registry)
        .hasObservationWithNameEqualTo("resilient.attempt")
        .that()
        .hasContextualNameEqualTo("attempt west")
        .hasLowCardinalityKeyValue("target", "west")
        .hasLowCardinalityKeyValue("outcome", "cancelled")
        .hasHighCardinalityKeyValue("resilient.wait", "7ms")
        .hasHighCardinalityKeyValue("resilient.reason", "THROTTLED");
  }

  /** Micrometer's own way to say it for a whole registry. */
  private static final class OfTheRegistry extends DefaultCallObservationConvention
      implements GlobalObservationConvention<CallObservationContext> {

    @Override
    public String getName() {
      return "of.the.registry";
    }
  }

  @Test
  void conventionOfTheApplicationComesBeforeTheRegistrysAndThatBeforeOurs() {
    registry.observationConfig().observationConvention(new OfTheRegistry());
    CallObservationConvention own =
        new DefaultCallObservationConvention() {
          @Override
          public String getName() {
            return "of.the.application";
          }
        };

    ours.call(ours.context("chat", Caller.ANONYMOUS)).start().stop();
    CallObservations named = new CallObservations(registry, own, null, IDS);
    named.call(named.context("chat", Caller.ANONYMOUS)).start().stop();

    TestObservationRegistryAssert.assertThat(registry)
        .hasObservationWithNameEqualTo("of.the.registry");
    TestObservationRegistryAssert.assertThat(registry)
        .hasObservationWithNameEqualTo("of.the.application");
  }

  @Test
  void conventionThatDoesNotKnowWhatItIsForCostsTheObservationAlone() {
    CallObservationConvention broken =
        new DefaultCallObservationConvention() {
          @Override
          public boolean supportsContext(Observation.Context context) {
            throw new IllegalStateException("broken");
          }
        };
    CallObservations named = new CallObservations(registry, broken, null, IDS);

    assertThat(named.call(named.context("chat", Caller.ANONYMOUS))).isSameAs(Observation.NOOP);
  }

  @Test
  void predicateThatThrowsCostsTheObservationAlone() {
    registry
        .observationConfig()
        .observationPredicate(
            (name, context) -> {
              throw new IllegalStateException("broken");
            });

    assertThat(ours.call(ours.context("chat", Caller.ANONYMOUS))).isSameAs(Observation.NOOP);
  }
}
