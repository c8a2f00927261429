package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.failure.AttemptFailedException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/** An exchange's time limit as the SDK takes it. */
final class TimeLimit {

  // Longer than any call; the SDK counts in milliseconds and would overflow on "for ever".
  private static final Duration LONGEST = Duration.ofDays(1);

  private TimeLimit() {}

  /** A request's own configuration with the shorter of its time limit and the exchange's. */
  static AwsRequestOverrideConfiguration of(
      Exchange exchange, Optional<AwsRequestOverrideConfiguration> own) {
    Duration limit = require(exchange.timeLimit());
    Duration shorter =
        own.flatMap(AwsRequestOverrideConfiguration::apiCallTimeout)
            .filter(mine -> mine.compareTo(limit) < 0)
            .orElse(limit);
    return own.map(AwsRequestOverrideConfiguration::toBuilder)
        .orElseGet(AwsRequestOverrideConfiguration::builder)
        .apiCallTimeout(shorter)
        .build();
  }

  static boolean isUsedUp(Duration limit) {
    return limit.compareTo(Duration.ofMillis(1)) < 0;
  }

  static AttemptFailedException usedUp(Duration limit) {
    // A deadline that was missed by ages has too many milliseconds to count.
    return AttemptFailedException.noSignal(limit.isNegative() ? Duration.ZERO : limit, false);
  }

  private static Duration require(Duration limit) {
    if (isUsedUp(limit)) {
      throw usedUp(limit);
    }
    return limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
  }
}
