package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.Attempt;
import io.github.resilientchat.core.GiveUp;
import io.github.resilientchat.core.Pause;
import io.github.resilientchat.core.Step;
import io.github.resilientchat.core.Target;
import io.github.resilientchat.core.Usage;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Does for one call what the engine's steps say, as a driver does. */
final class EngineCall implements Reply {

  private final World world;
  private final Request request;
  private final ToIntFunction<Target> indexes;
  private final Tally.Call tally;
  private int attempts;
  private @Nullable Attempt attempt;
  private @Nullable Exchange exchange;

  EngineCall(World world, Request request, ToIntFunction<Target> indexes) {
    this.world = world;
    this.request = request;
    this.indexes = indexes;
    this.tally = world.tally().began(request);
  }

  void follow(Step step) {
    attempt = null;
    exchange = null;
    if (step instanceof Attempt next) {
      send(next);
    } else if (step instanceof Pause pause) {
      world.time().after(pause.delay().toNanos(), () -> follow(pause.resume()));
    } else if (step instanceof GiveUp) {
      tally.failed();
    } else {
      throw new IllegalStateException("a call has one signal per step: " + step);
    }
  }

  private void send(Attempt next) {
    int target = indexes.applyAsInt(next.target());
    tally.attempted(target);
    attempt = next;
    exchange = world.send(request, target, attempts++, this);
    watch(next);
  }

  private void watch(Attempt watched) {
    world.time().after(watched.patience().toNanos(), () -> outOfPatience(watched));
  }

  /** A committed stream gives a sign of life all the time: only the deadline ends it. */
  private void outOfPatience(Attempt watched) {
    if (attempt != watched || exchange == null) {
      return;
    }
    if (watched.patience().isZero()) {
      exchange.stop();
      failed(ProviderError.TIMED_OUT);
    } else {
      watch(watched);
    }
  }

  @Override
  public void firstContent() {
    if (attempt != null) {
      attempt.accept();
    }
  }

  @Override
  public void answered(Usage usage) {
    if (attempt != null && attempt.completed(usage)) {
      attempt = null;
      tally.answered();
    }
  }

  @Override
  public void failed(ProviderError error) {
    if (attempt != null) {
      if (error == ProviderError.THROTTLED) {
        tally.throttled();
      }
      follow(attempt.failed(error));
    }
  }
}
