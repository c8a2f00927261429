package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.Usage;

/** One request on its way to a server and the answer on its way back. */
final class Exchange {

  private static final double REFUSAL_SECONDS = 0.06;
  private static final double FASTEST_WAY_SECONDS = 0.005;
  private static final double WAY_SPREAD_SECONDS = 0.03;

  private final VirtualTime time;
  private final Place place;
  private final Request request;
  private final Reply reply;
  private boolean over;
  private boolean taken;
  private boolean working;
  private long workSince;
  private double firstToken;
  private double wholeAnswer;

  Exchange(VirtualTime time, Place place, Request request, Reply reply) {
    this.time = time;
    this.place = place;
    this.request = request;
    this.reply = reply;
  }

  /** Two calls sent one after the other may arrive in the other order: the way takes 5 to 35 ms. */
  void send(int attempt) {
    if (request.streaming()) {
      place.connections().join(this);
    }
    double way = FASTEST_WAY_SECONDS + WAY_SPREAD_SECONDS * Noise.uniform(request.noise(), attempt);
    in(way, () -> arrive(way));
  }

  /** The router hung up. What was generated until now counts. */
  void stop() {
    end();
    if (taken) {
      place.settle(request, (long) request.input() + generated(), time.nanos());
    }
  }

  private int generated() {
    if (!working) {
      return 0;
    }
    double worked = (time.nanos() - workSince) / 1e9;
    double share = (worked - firstToken) / Math.max(1e-9, wholeAnswer - firstToken);
    return Double.isNaN(share) ? 0 : (int) (request.output() * Math.max(0, Math.min(1, share)));
  }

  /** The connection was lost; the server notices and stops. */
  void lost() {
    stop();
    reply.failed(ProviderError.LOST);
  }

  private void end() {
    over = true;
    place.connections().leave(this);
    place.line().leave(this);
  }

  private void arrive(double way) {
    if (over) {
      return;
    }
    ProviderError error = place.admit(request, time.nanos());
    if (error != null) {
      double answeredIn =
          error == ProviderError.THROTTLED ? REFUSAL_SECONDS : place.condition().errorSeconds();
      in(answeredIn - way, () -> fail(error));
      return;
    }
    taken = true;
    place.line().join(this);
  }

  /** The server has come to it. */
  void work() {
    working = true;
    workSince = time.nanos();
    firstToken = place.firstTokenSeconds();
    wholeAnswer = place.answerSeconds(request.output());
    if (request.streaming()) {
      in(firstToken, this::begin);
    }
    in(wholeAnswer, this::finish);
  }

  private void begin() {
    if (!over) {
      reply.firstContent();
    }
  }

  private void finish() {
    if (!over) {
      end();
      place.settle(request, request.usedTokens(), time.nanos());
      reply.answered(Usage.of(request.input(), request.output()));
    }
  }

  private void fail(ProviderError error) {
    if (!over) {
      end();
      reply.failed(error);
    }
  }

  private void in(double seconds, Runnable what) {
    if (Double.isFinite(seconds)) {
      time.after(VirtualTime.nanosOf(seconds), what);
    }
  }
}
