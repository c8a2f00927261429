package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Step;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Does for one call what the engine's steps say, as a driver does. */
final class EngineCall {

  private final EngineNode node;
  private final VirtualTime time;
  private final Request request;
  private final Tally.Call tally;
  private final long deadline;
  private int attempts;

  /** Attempts that may have worked although no answer arrived: each has read the prompt. */
  private int kept;

  private @Nullable EngineTry running;
  private @Nullable Pause pause;

  EngineCall(EngineNode node, Request request) {
    this.node = node;
    this.time = node.world().time();
    this.request = request;
    this.tally = node.world().tally().began(request);
    Duration limit = request.call().timeLimit();
    this.deadline = time.nanos() + (limit == null ? node.policy().timeout() : limit).toNanos();
  }

  void begin() {
    node.watch().callBegan();
    if (Double.isFinite(request.leavesAfter())) {
      time.after(VirtualTime.nanosOf(request.leavesAfter()), this::leave);
    }
    follow(node.router().begin(request.call()));
  }

  private void follow(Step step) {
    running = null;
    pause = null;
    if (step instanceof Attempt attempt) {
      running = new EngineTry(this, attempt, attempts++);
      running.send();
    } else if (step instanceof Pause wait) {
      pause = wait;
      time.after(wait.delay().toNanos(), () -> resume(wait));
    } else if (step instanceof GiveUp) {
      giveUp();
    } else {
      throw new IllegalStateException("a call has one signal per step: " + step);
    }
  }

  private void resume(Pause wait) {
    if (pause == wait) {
      follow(wait.resume());
      if (request.repeated()) {
        Echo.of(wait, time);
      }
    }
  }

  private void giveUp() {
    tally.failed();
    if (kept == 0) {
      node.books().callGivenBack(call());
    }
    node.watch().callEnded(deadline);
  }

  void answered(long used) {
    running = null;
    tally.answered();
    node.books().callAnswered(call(), used + kept * call().estimate().input());
    node.watch().callEnded(deadline);
  }

  /**
   * An attempt failed.
   *
   * @param keeps whether what it reserved counts as used
   */
  void failed(ProviderError error, boolean keeps, Step next) {
    if (error == ProviderError.THROTTLED) {
      tally.throttled();
    }
    kept += keeps ? 1 : 0;
    follow(next);
  }

  /** The caller goes away. */
  private void leave() {
    EngineTry left = running;
    Pause interrupted = pause;
    running = null;
    pause = null;
    if (left != null) {
      left.cancel();
    } else if (interrupted != null) {
      interrupted.cancelled();
      if (kept == 0) {
        node.books().callGivenBack(call());
      }
    } else {
      return;
    }
    tally.cancelled();
    node.watch().callEnded(deadline);
  }

  EngineNode node() {
    return node;
  }

  Request request() {
    return request;
  }

  ModelCall call() {
    return request.call();
  }

  Tally.Call tally() {
    return tally;
  }

  long deadline() {
    return deadline;
  }
}
