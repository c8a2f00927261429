package io.github.resilientchat.benchmarks.simulation;

import org.jspecify.annotations.Nullable;

/** A deployment as it runs: its quota is reserved at the start of a call and settled at its end. */
final class Place {

  private final Deployment deployment;
  private final Bucket requests;
  private final Bucket tokens;
  private final Line line = new Line();
  private final Connections connections = new Connections();
  private Condition condition = Condition.HEALTHY;
  private int asked;

  Place(Deployment deployment, long now) {
    this.deployment = deployment;
    this.requests = new Bucket(deployment.requestsPerMinute(), now);
    this.tokens = new Bucket(deployment.tokensPerMinute(), now);
  }

  Deployment deployment() {
    return deployment;
  }

  Condition condition() {
    return condition;
  }

  void become(Condition next, long now) {
    condition = next;
    requests.scale(next.quotaShare(), now);
    tokens.scale(next.quotaShare(), now);
    line.serveAtOnce(next.servedAtOnce());
  }

  /** Takes the request's quota, or says why not. */
  @Nullable ProviderError admit(Request request, long now) {
    ProviderError error = condition.error();
    if (error != null) {
      return error;
    }
    if (condition.hiccupEvery() > 0 && asked++ % condition.hiccupEvery() == 0) {
      return ProviderError.REVOKED;
    }
    if (!requests.fits(1, now) || !tokens.fits(request.reservedTokens(), now)) {
      return ProviderError.THROTTLED;
    }
    requests.take(1, now);
    tokens.take(request.reservedTokens(), now);
    return null;
  }

  void settle(Request request, long usedTokens, long now) {
    tokens.take(usedTokens - request.reservedTokens(), now);
  }

  Line line() {
    return line;
  }

  Connections connections() {
    return connections;
  }

  /** Infinite when it never comes. */
  double firstTokenSeconds() {
    return deployment.firstTokenSeconds() * condition.slowness();
  }

  double answerSeconds(int output) {
    return (deployment.firstTokenSeconds() + output * deployment.secondsPerToken())
        * condition.slowness();
  }
}
