package io.github.resilientchat.streaming;

import java.util.concurrent.TimeUnit;

/** What the caller does besides listening. */
enum Conduct {
  LISTENS,
  THROWS,
  LEAVES_BEFORE_THE_FIRST_TOKEN,
  LEAVES_AFTER_THE_FIRST_TOKEN,
  LEAVES_DURING_A_PAUSE,
  LEAVES_TWICE,
  IS_INTERRUPTED,
  IS_INTERRUPTED_DURING_A_PAUSE,
  WAS_INTERRUPTED_BEFORE;

  void act(Lab lab, Trial trial, Transcript transcript, Talk talk, Thread caller) throws Exception {
    switch (this) {
      case LISTENS, THROWS, WAS_INTERRUPTED_BEFORE -> {}
      case LEAVES_BEFORE_THE_FIRST_TOKEN -> {
        lab.bedrock.awaitOpen(1, Lab.AT_MOST);
        talk.cancel();
      }
      case LEAVES_AFTER_THE_FIRST_TOKEN -> {
        transcript.begun.get(Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS);
        talk.cancel();
      }
      case LEAVES_TWICE -> {
        transcript.begun.get(Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS);
        talk.cancel();
        talk.cancel();
      }
      case LEAVES_DURING_A_PAUSE -> {
        trial.failedOnce.get(Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS);
        talk.cancel();
      }
      case IS_INTERRUPTED -> {
        lab.bedrock.awaitOpen(1, Lab.AT_MOST);
        caller.interrupt();
      }
      case IS_INTERRUPTED_DURING_A_PAUSE -> {
        trial.failedOnce.get(Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS);
        caller.interrupt();
      }
    }
  }
}
