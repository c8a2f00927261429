package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.report.AttemptReport;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One attempt of the engine and the exchange that carries it out. */
final class EngineTry implements Reply {

  private final EngineCall call;
  private final EngineNode node;
  private final Attempt attempt;
  private final int turn;
  private final Watch.Asked asked;
  private @Nullable Exchange exchange;
  private boolean committed;
  private boolean over;

  EngineTry(EngineCall call, Attempt attempt, int turn) {
    this.call = call;
    this.node = call.node();
    this.attempt = attempt;
    this.turn = turn;
    this.asked = node.watch().attemptBegan(attempt, call.course());
    node.books().attemptBegan(attempt.target(), call.call());
  }

  void send() {
    int target = node.indexOf(attempt.target());
    call.tally().attempted(target);
    exchange = node.world().send(call.request(), target, turn, this);
    watchPatience();
  }

  private void watchPatience() {
    node.world().time().after(attempt.patience().toNanos(), this::outOfPatience);
  }

  /** A committed stream gives a sign of life all the time: only the deadline ends it. */
  private void outOfPatience() {
    if (over) {
      return;
    }
    if (attempt.patience().isZero()) {
      stop();
      failed(ProviderError.TIMED_OUT);
    } else {
      watchPatience();
    }
  }

  @Override
  public void firstContent() {
    committed = attempt.accept();
    Broken.unless(committed, node.world().time(), "content of an open attempt is taken", attempt);
    node.watch().heard(asked);
  }

  @Override
  public void answered(Usage usage) {
    over = true;
    boolean delivered = attempt.completed(usage);
    Broken.unless(delivered, node.world().time(), "an open attempt completes", attempt);
    node.watch().answered(asked);
    node.books().attemptSettled(attempt.target(), call.call(), usage.counted(1));
    echo();
    call.answered(usage.counted(1));
  }

  @Override
  public void failed(ProviderError error) {
    over = true;
    Failure failure = error.failure();
    boolean keeps = committed || failure.kind().keepsReservation();
    Step next = attempt.failed(error);
    int lost = node.world().lostConnections(node.indexOf(attempt.target()));
    node.watch().failed(asked, failure.kind(), consequence(), lost);
    if (!keeps) {
      node.books().attemptSettled(attempt.target(), call.call(), 0);
    }
    echo();
    call.failed(error, keeps, committed, next);
  }

  /** What the engine says followed from this attempt. */
  private Consequence consequence() {
    List<AttemptReport> told = attempt.callReport().attempts();
    return Objects.requireNonNull(told.get(turn).then());
  }

  /** The caller went away. */
  void cancel() {
    over = true;
    stop();
    attempt.cancelled();
    node.watch().cancelled(asked);
    echo();
  }

  private void stop() {
    if (exchange != null) {
      exchange.stop();
    }
  }

  private void echo() {
    if (call.request().repeated()) {
      Echo.of(attempt, node.world().time());
    }
  }
}
