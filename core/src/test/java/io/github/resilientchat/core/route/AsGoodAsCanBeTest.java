package io.github.resilientchat.core.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Targets that answer so fast that none is better than another, and the one a thread keeps to. */
class AsGoodAsCanBeTest {

  private static final ModelCall CALL =
      ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(1, 1));
  private static final ModelCall STREAM =
      ModelCall.streaming(Caller.ANONYMOUS, new TokenEstimate(1, 1));

  private final List<Fares> tier = IntStream.range(0, 8).mapToObj(n -> new Fares()).toList();
  private final List<Target> targets =
      IntStream.range(0, 8).mapToObj(n -> Target.named("t" + n)).toList();
  private long troubles;
  private final RoutingStrategy.Order order =
      RoutingStrategy.adaptive().over(targets, new Watched());

  private Fares first() {
    return first(CALL);
  }

  private Fares first(ModelCall call) {
    return tier.get(targets.indexOf(order.targetsFor(call).get(0)));
  }

  private long probesAskedOf(Stream<Fares> some) {
    return some.mapToLong(one -> one.probesAsked).sum();
  }

  /** Or two that met at one target would meet there again with every call. */
  @Test
  void aThreadStaysWhereItWentWhenItsTargetWasTaken() {
    Fares own = first();
    own.inFlight = 1;
    Fares other = first();
    assertThat(other).isNotSameAs(own);

    own.inFlight = 0;

    assertThat(first()).isSameAs(other);
  }

  @Test
  void whoIsNotKnownYetIsTriedWhereAllThatAreAsGoodAreTaken() {
    tier.forEach(one -> one.seconds = Double.NaN);
    Fares known = tier.get(3);
    known.seconds = 0.01;
    assertThat(first()).isNotSameAs(known);
    known.inFlight = 1;

    Fares tried = first();

    assertThat(tried).isNotSameAs(known);
    assertThat(tried.seconds).isNaN();
  }

  /** Which is how it is for every model there is: what is known is not left for a try. */
  @Test
  void whoIsNotKnownYetIsNoBetterThanAModelThatTakesItsTime() {
    tier.forEach(one -> one.seconds = Double.NaN);
    tier.get(3).seconds = 0.2;
    tier.get(3).inFlight = 1;

    assertThat(first()).isSameAs(tier.get(3));
  }

  /** What one thread writes of its target all others would wait for. */
  @Test
  void soundTargetsAreNotLookedAtAgainBeforeTheNextTrouble() {
    Fares own = first();
    long asked = probesAskedOf(others(own));
    for (int call = 0; call < 10; call++) {
      assertThat(firstOfMany(CALL)).isSameAs(own);
    }
    assertThat(probesAskedOf(others(own))).isEqualTo(asked);

    Fares failing = others(own).findAny().orElseThrow();
    failing.due = true;
    troubles++;

    assertThat(first()).isSameAs(failing);
  }

  /** Streams may be in trouble where blocking calls are not. */
  @Test
  void eachWayOfCallingIsFoundSoundByItself() {
    Fares own = first();
    Fares failing = others(own).findAny().orElseThrow();
    failing.streamsDue = true;

    assertThat(first(CALL)).isSameAs(own);
    assertThat(first(STREAM)).isSameAs(failing);
  }

  /** Nothing is settled while one of them has yet to recover, though no probe is due. */
  @Test
  void whoIsNotSoundYetIsLookedAtEachTime() {
    Fares own = first();
    Fares failing = others(own).findAny().orElseThrow();
    failing.recovering = true;
    troubles++;
    assertThat(first()).isSameAs(own);

    failing.due = true;

    assertThat(first()).isSameAs(failing);
  }

  /** Which is how it is for every model: one look at how long each takes, one comparison. */
  @Test
  void modelsThatTakeTheirTimeAreComparedOnce() {
    for (int place = 0; place < tier.size(); place++) {
      tier.get(place).seconds = 0.3 + 0.5 * place / tier.size();
    }

    assertThat(firstOfMany(CALL)).isSameAs(tier.get(0));

    assertThat(tier.get(0).loadAsked).isEqualTo(1);
    assertThat(others(tier.get(0))).allSatisfy(slower -> assertThat(slower.loadAsked).isZero());
  }

  private Stream<Fares> others(Fares but) {
    return tier.stream().filter(one -> one != but);
  }

  /** The first choice alone: an order of all looks at all of them. */
  private Fares firstOfMany(ModelCall call) {
    return tier.get(((RoutingStrategy.FirstChoice) order).first(call, 0));
  }

  private final class Watched implements Signals {
    private final Random random = new Random(3);

    @Override
    public TargetSignals of(Target target) {
      return tier.get(targets.indexOf(target));
    }

    @Override
    public RandomGenerator random() {
      return random;
    }

    @Override
    public long now() {
      return 0;
    }

    @Override
    public @Nullable Target nextOut() {
      return null;
    }

    @Override
    public long troubles() {
      return troubles;
    }
  }

  private static final class Fares implements TargetSignals {
    private int inFlight;
    private double seconds = 0.001;
    private boolean due;
    private boolean streamsDue;
    private boolean recovering;
    private long probesAsked;
    private long loadAsked;

    @Override
    public int inFlight() {
      loadAsked++;
      return inFlight;
    }

    @Override
    public int surge() {
      return 0;
    }

    @Override
    public double latency(boolean streaming, long now) {
      return seconds;
    }

    @Override
    public double slowdown(boolean streaming, long now) {
      return 1;
    }

    @Override
    public double failures(boolean streaming, long now) {
      return 0;
    }

    @Override
    public double quotaLeft(long now) {
      return 1;
    }

    @Override
    public double rampUp(boolean streaming, long now) {
      return 1;
    }

    @Override
    public boolean probeDue(boolean streaming, long now) {
      probesAsked++;
      return streaming ? streamsDue : due;
    }

    @Override
    public boolean isSound(boolean streaming, long now) {
      return !recovering && !(streaming ? streamsDue : due);
    }
  }
}
