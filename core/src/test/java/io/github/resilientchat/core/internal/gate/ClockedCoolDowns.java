package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.route.Target;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Cool-downs on a test's clock; entering them gives a {@link Permit} or a {@link Refusal}. */
final class ClockedCoolDowns {

  private final Ticker clock;
  private final CoolDowns coolDowns;

  ClockedCoolDowns(Ticker clock, RandomGenerator random) {
    this.clock = clock;
    this.coolDowns = new CoolDowns(random);
  }

  void cool(Target target, Consequence then) {
    coolDowns.cool(target, then, clock.nanos());
  }

  long remaining(Target target) {
    return coolDowns.of(target).remaining(clock.nanos());
  }

  boolean probeDue(Target target, long lastAsked) {
    return coolDowns.of(target).probeDue(lastAsked, clock.nanos());
  }

  Object tryEnter(Target target) {
    Held held = new Held();
    @Nullable Refusal refusal = coolDowns.of(target).tryEnter(clock.nanos(), held);
    return refusal == null ? new Permit(held, clock) : refusal;
  }

  Object tryUrgently(Target target) {
    Held held = new Held();
    @Nullable Refusal refusal = coolDowns.of(target).tryEnterUrgently(clock.nanos(), held);
    return refusal == null ? new Permit(held, clock) : refusal;
  }
}
