package io.github.resilientchat.streaming;

import io.github.resilientchat.core.quota.Limits;
import java.time.Duration;

/** What has happened on the engine before the call, and how much its targets take. */
enum Before {
  NOTHING(1, ""),
  /** Either target has had the one request that it takes in a minute. */
  NO_ROOM_FOR_A_MINUTE(1, "1rpm"),
  /** The same, almost a minute ago. */
  NO_ROOM_FOR_A_MOMENT(1, "1rpm"),
  /** The same: time enough for a caller to do something before there is room. */
  NO_ROOM_FOR_A_SECOND(1, "1rpm"),
  /**
   * As many calls as it takes to earn a hedge. With a single slot there would be none: a target
   * that is full is not hedged.
   */
  A_HEDGE_IS_EARNED(2, "");

  private static final Duration ALMOST_A_MINUTE = Duration.ofMillis(59_700);
  private static final Duration A_SECOND_LESS = Duration.ofSeconds(59);
  private static final int CALLS_PER_HEDGE = 20;

  final int slots;
  final Limits limits;

  Before(int slots, String more) {
    this.slots = slots;
    this.limits = Limits.parse(slots + "par " + more);
  }

  void happen(Lab lab, Trial trial, Runnable refusedCall) {
    lab.heal();
    switch (this) {
      case NOTHING -> {}
      case NO_ROOM_FOR_A_MINUTE -> trial.useUpLimits();
      case NO_ROOM_FOR_A_MOMENT -> {
        trial.useUpLimits();
        trial.clock.leap(ALMOST_A_MINUTE);
      }
      case NO_ROOM_FOR_A_SECOND -> {
        trial.useUpLimits();
        trial.clock.leap(A_SECOND_LESS);
      }
      case A_HEDGE_IS_EARNED -> {
        lab.bedrock.fault(Trouble.refused());
        for (int call = 1; call < CALLS_PER_HEDGE; call++) {
          refusedCall.run();
        }
      }
    }
    trial.forgetCalls();
  }
}
