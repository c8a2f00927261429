package io.github.resilientchat.benchmarks.gateway;

import dev.langchain4j.model.chat.ChatModel;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * The time of a call whose first account answers 429 and whose second one answers, and of the call
 * after it, in microseconds.
 */
record Failover(Latencies bare, Sample ours, Sample gateway) {

  /** A call that meets the throttled account, and the next one over the same model. */
  record Sample(Latencies first, Latencies next) {}

  /** Turn about; the first account is throttled already. */
  static Failover measure(Models models, int samples) {
    long[] bare = new long[samples];
    long[][] ours = new long[2][samples];
    long[][] gateway = new long[2][samples];
    ChatModel plain = models.bare();
    ChatModel throughGateway = models.gatewayInOrder();
    for (int sample = 0; sample < samples; sample++) {
      bare[sample] = Load.timed(plain);
      ChatModel fresh = models.oursInOrder();
      ours[0][sample] = Load.timed(fresh);
      ours[1][sample] = Load.timed(fresh);
      gateway[0][sample] = Load.timed(throughGateway);
      gateway[1][sample] = Load.timed(throughGateway);
    }
    return new Failover(of(bare), new Sample(of(ours[0]), of(ours[1])), both(gateway));
  }

  private static Sample both(long[][] calls) {
    return new Sample(of(calls[0]), of(calls[1]));
  }

  private static Latencies of(long[] calls) {
    return Latencies.of(LongStream.of(calls), LongStream.of(calls).sum());
  }

  List<String> lines() {
    return List.of(
        String.format(
            Locale.ROOT, "%-28s %9s %9s %9s", "first account answers 429, us", "p50", "p90", "p99"),
        line("bare, second account", bare),
        line("ours", ours.first()),
        line("ours, the next call", ours.next()),
        line("gateway", gateway.first()),
        line("gateway, the next call", gateway.next()));
  }

  private static String line(String what, Latencies calls) {
    return String.format(
        Locale.ROOT, "  %-26s %9.0f %9.0f %9.0f", what, calls.p50(), calls.p90(), calls.p99());
  }
}
