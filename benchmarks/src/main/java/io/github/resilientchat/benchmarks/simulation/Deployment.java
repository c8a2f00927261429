package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.Target;
import java.util.List;

/**
 * A model behind a quota, as the servers run it.
 *
 * @param index position in {@link #FLEET}
 * @param requestsPerMinute what the server admits
 * @param medianSeconds to a whole answer of {@link #MEDIAN_TOKENS}
 */
record Deployment(
    int index,
    String account,
    String region,
    String model,
    int requestsPerMinute,
    double medianSeconds) {

  static final int MEDIAN_TOKENS = 200;

  /** A usual call takes about 755 tokens, so requests run out a little before tokens do. */
  static final int TOKENS_PER_REQUEST = 900;

  private static final double FIRST_TOKEN_SHARE = 0.1;

  /** Two accounts, two Regions and two models, so that every failure domain covers a part. */
  static final List<Deployment> FLEET =
      List.of(
          new Deployment(0, "main", "us-east-1", "sonnet", 160, 2),
          new Deployment(1, "second", "us-west-2", "sonnet", 160, 2),
          new Deployment(2, "main", "us-west-2", "sonnet", 120, 3),
          new Deployment(3, "second", "us-east-1", "sonnet", 120, 3),
          new Deployment(4, "main", "us-east-1", "haiku", 90, 4),
          new Deployment(5, "second", "us-west-2", "haiku", 90, 4),
          new Deployment(6, "main", "us-west-2", "haiku", 60, 6),
          new Deployment(7, "second", "us-east-1", "haiku", 60, 6));

  String name() {
    return model + "-" + region + "-" + account;
  }

  long tokensPerMinute() {
    return (long) requestsPerMinute * TOKENS_PER_REQUEST;
  }

  double firstTokenSeconds() {
    return medianSeconds * FIRST_TOKEN_SHARE;
  }

  double secondsPerToken() {
    return medianSeconds * (1 - FIRST_TOKEN_SHARE) / MEDIAN_TOKENS;
  }

  /** The target as a user would configure it, with what else its limits should hold. */
  Target target(String moreLimits) {
    return Target.builder(name())
        .model(model)
        .region(region)
        .account(account)
        .weight(requestsPerMinute)
        .limits(Limits.parse(requestsPerMinute + "rpm," + tokensPerMinute() + "tpm," + moreLimits))
        .build();
  }

  private Prices prices() {
    return model.equals("haiku") ? new Prices(1, 5) : new Prices(3, 15);
  }
}
