package io.github.resilientchat.benchmarks.chaos;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * What became of one lane, or of several pooled. Times are nanoseconds; {@code Long.MAX_VALUE}
 * means never.
 *
 * @param calls those that began while the fault lasted
 * @param after those that began when it was over
 * @param wasted requests that were sent and did not become an answer
 * @param leave from the fault to the last request before the broken targets were left alone
 * @param back from the end of the fault to the first answer of the recovered target
 * @param broken calls that ended twice, or with a cut or wrong answer as if it were whole
 * @param troubles what callers were told, and how often
 */
record Outcome(
    int calls,
    int answered,
    int after,
    int afterAnswered,
    int wasted,
    long longest,
    long leave,
    long back,
    int broken,
    Left left,
    Map<String, Integer> troubles) {

  static final Outcome NONE = new Outcome(0, 0, 0, 0, 0, 0, 0, 0, 0, Left.NOTHING, Map.of());

  private static final long LEFT_ALONE = 2_000_000_000L;

  static Outcome of(Lane lane, Times times, Left left) {
    List<Asked> all = lane.calls().stream().filter(call -> call.begunAt >= times.begun()).toList();
    List<Asked> during = all.stream().filter(call -> call.begunAt < times.healed()).toList();
    List<Asked> after = all.stream().filter(call -> call.begunAt >= times.healed()).toList();
    Map<String, Integer> troubles = new TreeMap<>();
    during.stream()
        .map(Asked::trouble)
        .filter(trouble -> !trouble.isEmpty())
        .forEach(trouble -> troubles.merge(trouble, 1, Integer::sum));
    long sent = lane.sent().stream().filter(time -> time >= times.begun()).count();
    int answered = answered(during);
    int afterAnswered = answered(after);
    LongUnaryOperator since = time -> time == Long.MAX_VALUE ? times.stopped() : time;
    return new Outcome(
        during.size(),
        answered,
        after.size(),
        afterAnswered,
        Math.max(0, (int) sent - answered(all)),
        all.stream()
            .mapToLong(call -> since.applyAsLong(call.endedAt()) - call.begunAt)
            .max()
            .orElse(0),
        leave(lane.sentToBroken(), times.struck(), times.healed()),
        sinceOrNever(lane.backAt(times.over()), times.over()),
        (int) all.stream().filter(call -> call.endedTwice() || call.isFalse()).count(),
        left,
        troubles);
  }

  Outcome and(Outcome other) {
    Map<String, Integer> both = new TreeMap<>(troubles);
    other.troubles.forEach((trouble, count) -> both.merge(trouble, count, Integer::sum));
    return new Outcome(
        calls + other.calls,
        answered + other.answered,
        after + other.after,
        afterAnswered + other.afterAnswered,
        wasted + other.wasted,
        Math.max(longest, other.longest),
        Math.max(leave, other.leave),
        Math.max(back, other.back),
        broken + other.broken,
        left.and(other.left),
        both);
  }

  double percent() {
    return 100.0 * answered / Math.max(1, calls);
  }

  double percentAfter() {
    return 100.0 * afterAnswered / Math.max(1, after);
  }

  private static int answered(List<Asked> some) {
    return (int) some.stream().filter(Asked::isAnswered).count();
  }

  private static long sinceOrNever(long time, long since) {
    return time == Long.MAX_VALUE ? time : time - since;
  }

  private static long leave(List<Long> sent, long struckAt, long healedAt) {
    long last = struckAt;
    for (long time : sent) {
      if (time >= struckAt && time < healedAt) {
        if (time - last >= LEFT_ALONE) {
          return last - struckAt;
        }
        last = time;
      }
    }
    return healedAt - last >= LEFT_ALONE ? last - struckAt : Long.MAX_VALUE;
  }
}
