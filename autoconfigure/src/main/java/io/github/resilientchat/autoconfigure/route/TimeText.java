package io.github.resilientchat.autoconfigure.route;

import java.time.Duration;

/** Times as properties write them. */
final class TimeText {

  private TimeText() {}

  /** In the largest unit that leaves no rest: {@code 90s}, {@code 2m}. */
  static String of(Duration time) {
    if (time.isZero()) {
      return "0s";
    }
    if (time.getNano() != 0) {
      return time.toMillis() + "ms";
    }
    long seconds = time.getSeconds();
    return seconds % 3600 == 0
        ? seconds / 3600 + "h"
        : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
