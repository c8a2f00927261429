package io.github.resilientchat.benchmarks.simulation;

import java.util.Arrays;

/** Counts what happens to the calls that arrive while figures are taken. */
final class Tally {

  private final VirtualTime time;
  private final double from;
  private final double until;
  private final long[] attemptsAt = new long[Deployment.FLEET.size()];
  private long calls;
  private long allCalls;
  private long answered;
  private long failed;
  private long broken;
  private long throttles;
  private long servedRequests;
  private long servedTokens;
  private double[] seconds = new double[1024];

  Tally(VirtualTime time, double from, double until) {
    this.time = time;
    this.from = from;
    this.until = until;
  }

  /** A call that is under way. */
  final class Call {
    private final Request request;
    private final double arrivedAt = time.seconds();
    private final boolean counts = isMeasured(arrivedAt);

    private Call(Request request) {
      this.request = request;
    }

    void answered() {
      // Served quota is a rate: it counts when the answer is there, whenever the call came.
      if (isMeasured(time.seconds())) {
        servedRequests++;
        servedTokens += request.usedTokens();
      }
      if (counts) {
        keep(time.seconds() - arrivedAt);
      }
    }

    void failed() {
      if (counts) {
        failed++;
      }
    }

    /** A stream ended after its user had heard something of it: nobody else can go on with it. */
    void brokeOff() {
      if (counts) {
        broken++;
      }
    }

    /** Neither an answer nor a failure. */
    void cancelled() {
      if (counts) {
        calls--;
      }
    }

    void throttled() {
      if (counts) {
        throttles++;
      }
    }

    void attempted(int deployment) {
      if (counts) {
        attemptsAt[deployment]++;
      }
    }
  }

  Call began(Request request) {
    allCalls++;
    Call call = new Call(request);
    if (call.counts) {
      calls++;
    }
    return call;
  }

  private boolean isMeasured(double at) {
    return at >= from && at < until;
  }

  private void keep(double latency) {
    if (answered == seconds.length) {
      seconds = Arrays.copyOf(seconds, 2 * seconds.length);
    }
    seconds[(int) answered++] = latency;
  }

  long allCalls() {
    return allCalls;
  }

  Figure figure(Scenario scenario) {
    double[] sorted = Arrays.copyOf(seconds, (int) answered);
    Arrays.sort(sorted);
    long attempts = Arrays.stream(attemptsAt).sum();
    long bad = 0;
    double requestQuota = 0;
    double tokenQuota = 0;
    double minutes = (until - from) / 60;
    for (Deployment deployment : Deployment.FLEET) {
      bad += scenario.isBad(deployment) ? attemptsAt[deployment.index()] : 0;
      double share = scenario.quotaShare(deployment) * minutes;
      requestQuota += share * deployment.requestsPerMinute();
      tokenQuota += share * deployment.tokensPerMinute();
    }
    return new Figure(
        100.0 * throttles / calls,
        100.0 * failed / calls,
        100.0 * broken / calls,
        (double) attempts / calls,
        percentile(sorted, 0.50),
        percentile(sorted, 0.95),
        percentile(sorted, 0.99),
        100 * Math.max(servedRequests / requestQuota, servedTokens / tokenQuota),
        100.0 * bad / Math.max(1, attempts));
  }

  private static double percentile(double[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
  }
}
