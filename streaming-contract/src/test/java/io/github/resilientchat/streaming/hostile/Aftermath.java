package io.github.resilientchat.streaming.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.streaming.Lab;
import io.github.resilientchat.streaming.Shape;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What holds after a call, whatever an extension did in it. */
record Aftermath(HostileCell cell, World world, Side side, Heard heard) {

  /** Every rest that a failure can bring is over. */
  private static final Duration LONG_AFTER = Duration.ofHours(1);

  /** Threads that serve many calls. */
  private static final List<String> SHARED =
      List.of(
          "aws-java-sdk-NettyEventLoop",
          "resilient-bedrock-response",
          "sdk-async-response",
          "resilient-chat-timer");

  void check() throws Exception {
    boolean silent = cell.ending() == Ending.SILENT;
    assertThat(world.hostility.awaitDone()).as("the extension has returned").isTrue();
    assertThat(silent || heard.awaitEnd()).as("an end came").isTrue();
    int calls = world.ledgers.asked();
    assertThat(world.awaitReports(calls)).as("%s calls were reported", calls).isTrue();
    world.lab.bedrock.awaitIdle(Lab.AT_MOST);
    world.hostility.end();
    endedAsItMust();
    nothingIsTaken();
    nothingWasPaidForNothing();
    toldNobodyOnSharedThreads();
    everyTargetLetsIn();
    assertThat(world.ledgers.open()).as("open reservations, in the end").isZero();
    assertThat(heard.ends()).as("ends, looked at again").hasSize(silent ? 0 : 1);
    assertThat(ManagementFactory.getThreadMXBean().findDeadlockedThreads()).isNull();
  }

  private void endedAsItMust() {
    assertThat(heard.ends()).as("ends").hasSize(cell.ending() == Ending.SILENT ? 0 : 1);
    if (!world.hostility.isAt(Point.BREAKER_ADDED) && !isRefusedAtOnce()) {
      assertThat(heard.thrown()).as("thrown at the caller of a stream").isNull();
    }
    @Nullable Throwable error = heard.ends().isEmpty() ? null : heard.ends().get(0).error();
    switch (cell.ending()) {
      case ANSWERED -> {
        assertThat(error).isNull();
        assertThat(heard.text()).matches(Targets::isAnswer);
        assertThat(lastReport()).isEqualTo(CallReport.Ending.ANSWERED);
      }
      case OWN -> assertThat(error).matches(world.hostility::isOwn, "is the extension's");
      case FAILED -> assertThat(error).isNotNull().matches(own -> !world.hostility.isOwn(own));
      case LEFT -> assertThat(error).isNotNull();
      default -> {}
    }
    if (cell.behaviour() == Behaviour.CANCELS && !cell.shape().streams) {
      assertThat(heard.flag()).as("the thread's flag").isTrue();
    }
    boolean again = cell.behaviour() == Behaviour.CALLS_AGAIN;
    assertThat(world.hostility.answeredAgain())
        .as("the answer from inside")
        .hasSize(again ? 1 : 0)
        .allMatch(Targets::isAnswer);
  }

  /**
   * As LangChain4j has it: what the first model throws instead of beginning, {@code chat} throws.
   */
  private boolean isRefusedAtOnce() {
    return world.hostility.isAt(Point.MODEL)
        && cell.behaviour().throwing()
        && cell.shape() == Shape.HANDLER;
  }

  private CallReport.Ending lastReport() {
    return world.reports().stream()
        .filter(report -> !others().contains(report.caller()))
        .reduce((before, last) -> last)
        .map(CallReport::ending)
        .orElseThrow();
  }

  private static List<Caller> others() {
    return List.of(World.BYSTANDER, World.WITHIN);
  }

  private void nothingIsTaken() throws InterruptedException {
    assertThat(world.reports()).as("reports").hasSize(world.ledgers.asked());
    assertThat(world.ledgers.ended())
        .as("reservations that were ended")
        .isEqualTo(world.ledgers.granted());
    assertThat(world.ledgers.open()).as("open reservations").isZero();
    assertThat(world.inFlight()).as("attempts under way").isZero();
    assertThat(world.lab.bedrock.openExchanges()).as("open exchanges").isZero();
    assertThat(side.observed()).as("observations that were ended").isTrue();
  }

  /** Who left, or failed, before anybody was asked. */
  private void nothingWasPaidForNothing() {
    boolean failing = world.hostility.course() != Course.ANSWERED;
    if (!failing && !world.hostility.isAtModel() && !cell.wasAsked()) {
      assertThat(world.ledgers.charged(World.VICTIM)).as("charged").isZero();
    }
  }

  private void toldNobodyOnSharedThreads() {
    assertThat(world.hostility.threads())
        .as("threads that ran an extension")
        .noneMatch(thread -> SHARED.stream().anyMatch(thread::startsWith));
  }

  private void everyTargetLetsIn() {
    world.clock.leap(LONG_AFTER);
    world.lab.bedrock.clearFaults();
    Stream<String> accounts =
        world.hostility.isAt(Point.BREAKER_ADDED)
            ? Stream.concat(Targets.ALL.stream(), Stream.of(Targets.OTHER))
            : Targets.ALL.stream();
    accounts.forEach(this::letsIn);
  }

  private void letsIn(String account) {
    String text =
        ResilientChatModel.builder()
            .engine(world.engine)
            .target(Targets.of(account), world.lab.chat(account))
            .build()
            .forCaller(World.VICTIM)
            .chat("hello again");
    assertThat(text).isEqualTo(account + Targets.SAYS_SO);
  }
}
