package io.github.resilientchat.streaming;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** When a caller acts. */
enum Moment {
  BEFORE_THE_CALL,
  WITH_AN_OPEN_EXCHANGE,
  AFTER_THE_FIRST_TOKEN,
  DURING_A_PAUSE,
  WHILE_WAITING_FOR_ROOM,
  WHILE_TWO_RUN,
  AFTER_A_RESTART;

  void await(Lab lab, Trial trial, Transcript heard, Thread caller) throws Exception {
    switch (this) {
      case BEFORE_THE_CALL -> {}
      case WITH_AN_OPEN_EXCHANGE -> lab.bedrock.awaitOpen(1, Lab.AT_MOST);
      case AFTER_THE_FIRST_TOKEN -> await(heard.begun);
      case DURING_A_PAUSE -> await(trial.failedOnce);
      case WHILE_WAITING_FOR_ROOM -> {
        await(trial.turnedAway);
        awaitRest(caller);
      }
      case WHILE_TWO_RUN -> lab.bedrock.awaitOpen(2, Lab.AT_MOST);
      case AFTER_A_RESTART -> await(heard.begunAgain);
    }
  }

  private static void await(CompletableFuture<Void> signal) throws Exception {
    signal.get(Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS);
  }

  /** Nobody says when a wait has begun: the caller's thread then sleeps, or is back. */
  private static void awaitRest(Thread caller) {
    while (caller.getState() == Thread.State.RUNNABLE
        || caller.getState() == Thread.State.BLOCKED) {
      Thread.yield();
    }
  }
}
