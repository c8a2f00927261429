package io.github.resilientchat.streaming;

import java.time.Duration;

/** What a caller does besides listening. */
enum Deed {
  NOTHING,
  LEAVES,
  LEAVES_TWICE,
  IS_INTERRUPTED,
  LETS_AN_HOUR_PASS;

  void act(Trial trial, Talk talk, Thread caller) {
    switch (this) {
      case NOTHING -> {}
      case LEAVES -> talk.cancel();
      case LEAVES_TWICE -> {
        talk.cancel();
        talk.cancel();
      }
      case IS_INTERRUPTED -> caller.interrupt();
      case LETS_AN_HOUR_PASS -> trial.clock.leap(Duration.ofHours(1));
    }
  }
}
