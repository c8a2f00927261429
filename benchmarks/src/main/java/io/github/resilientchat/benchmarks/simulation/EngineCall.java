package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.SkippedTarget;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does for one call what the engine's steps say, as a driver does. */
final class EngineCall {

  private final EngineNode node;
  private final VirtualTime time;
  private final Request request;
  private final Tally.Call tally;
  private final Course course;
  private int attempts;
  private int looked;
  private boolean paused;
  private boolean broken;

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
    long timeLimit = (limit == null ? node.policy().timeout() : limit).toNanos();
    this.course = new Course(time.nanos() + timeLimit, request.streaming());
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
      look(attempt.callReport());
      running = new EngineTry(this, attempt, attempts++);
      running.send();
    } else if (step instanceof Pause wait) {
      pause = wait;
      paused = true;
      time.after(wait.delay().toNanos(), () -> resume(wait));
    } else if (step instanceof GiveUp end) {
      look(end.report());
      giveUp();
    } else {
      throw new IllegalStateException("a call has one signal per step: " + step);
    }
  }

  /** At the targets that were passed over now; what was before a pause is old. */
  private void look(CallReport report) {
    List<SkippedTarget> skipped = report.skipped();
    if (!paused) {
      node.watch().skipped(skipped.subList(looked, skipped.size()));
    }
    looked = skipped.size();
    paused = false;
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
    if (broken) {
      tally.brokeOff();
    } else {
      tally.failed();
    }
    if (kept == 0) {
      node.books().callGivenBack(call());
    }
    node.watch().callEnded(course.deadline());
  }

  void answered(long used) {
    running = null;
    tally.answered();
    node.books().callAnswered(call(), used + kept * call().estimate().input());
    node.watch().callEnded(course.deadline());
  }

  /**
   * An attempt failed.
   *
   * @param keeps whether what it reserved counts as used
   * @param heard whether its user had heard something of it
   */
  void failed(ProviderError error, boolean keeps, boolean heard, Step next) {
    if (error == ProviderError.THROTTLED) {
      tally.throttled();
    }
    kept += keeps ? 1 : 0;
    broken |= heard;
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
    node.watch().callEnded(course.deadline());
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

  Course course() {
    return course;
  }
}
