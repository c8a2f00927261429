package io.github.resilientchat.redis;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.fleet.Slices;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** How an instance comes to its slices of the limits of targets. Run by one thread. */
final class Slicing {

  private static final Ticker TICKER = Ticker.system();
  private static final Duration HELD = Duration.ofSeconds(3);
  private static final double MILLION = 1_000_000;

  /** What was wanted lately counts half as much as what is wanted now. */
  private static final double LATELY = 0.5;

  private final String me;
  private final byte[][] keys;
  private final double first;
  private final Map<String, Double> wanted = new HashMap<>();
  private long givenAt = TICKER.nanos();

  Slicing(String me, String prefix, double first) {
    this.me = me;
    this.keys = new byte[][] {(prefix + ":{all}:slices").getBytes(StandardCharsets.UTF_8)};
    this.first = first;
  }

  double first() {
    return first;
  }

  /**
   * Says what is wanted, and takes what is given.
   *
   * @param thread where answers are read
   */
  void look(Slices slices, Line line, Executor thread) {
    slices
        .wanted()
        .forEach((target, now) -> wanted.merge(target, now, (old, new_) -> old * LATELY + new_));
    if (wanted.isEmpty()) {
      return;
    }
    List<String> targets = new ArrayList<>(wanted.keySet());
    Words words = Words.of("slice").add(me).add(HELD.toMillis());
    for (String target : targets) {
      double wants = Math.min(MILLION, wanted.getOrDefault(target, 0.0));
      words.add(target).add((long) (wants * MILLION));
    }
    long asked = TICKER.nanos();
    try {
      RedisFleet.SCRIPT
          .<List<Object>>run(line.session().redis(), ScriptOutputType.MULTI, keys, words.all())
          .whenComplete(
              (answer, fault) ->
                  thread.execute(
                      () -> {
                        if (fault == null) {
                          give(slices, targets, answer, asked);
                        } else {
                          alone(slices, targets);
                        }
                      }));
    } catch (RuntimeException away) {
      alone(slices, targets);
    }
  }

  /** What is answered too late may be somebody else's by then. */
  private void give(Slices slices, List<String> targets, List<Object> answer, long asked) {
    if (TICKER.nanos() - asked > HELD.toNanos()) {
      alone(slices, targets);
      return;
    }
    givenAt = asked;
    for (int at = 0; at < targets.size(); at++) {
      slices.slice(targets.get(at), Math.min(1, (Long) answer.get(at) / MILLION));
    }
  }

  /** Nothing is held any more. */
  private void alone(Slices slices, List<String> targets) {
    if (TICKER.nanos() - givenAt > HELD.toNanos()) {
      targets.forEach(target -> slices.slice(target, first));
    }
  }
}
