package io.github.resilientchat.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.resilientchat.redis.FleetNode.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Four processes over one target of six thousand calls a minute, which are a hundred a second. What
 * they let in together is never over the limit, but for a call that may be in each slice; and what
 * fits is refused for no longer than a fleet takes to follow a change of load.
 */
class TargetFleetTest {

  private static final String LIMITS = "6krpm,60ktpm";
  private static final double A_SECOND = 100;
  private static final double A_MINUTE = 60 * A_SECOND;

  /** One call is in every slice, and one may be rounded. */
  private static final double SLACK = 2 * TargetCalls.INSTANCES;

  /** Until its first answer an instance has an equal slice, whatever others were given. */
  private static final double AT_THE_START = A_SECOND;

  /** Three times as long as it takes all of them to say what they want. */
  private static final long LOOKS = 3_000;

  /** Microseconds between two calls. */
  private static final int DRAINS = 200;

  private static final int BUSY = 2_000;
  private static final int QUIET = 100_000;

  private static EmbeddedRedis redis;
  private static List<FleetNode.Process> nodes;

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
    nodes =
        Stream.generate(() -> new FleetNode.Process(redis.port()))
            .limit(TargetCalls.INSTANCES)
            .toList();
    nodes.forEach(FleetNode.Process::awaitReady);
  }

  @AfterAll
  static void stop() {
    nodes.forEach(FleetNode.Process::close);
    redis.close();
  }

  /** What a fleet has let in. */
  private static final class Tally {
    private final String fleet;
    private final List<FleetNode.Process> nodes;
    private double saved = A_MINUTE + AT_THE_START;
    private long begin = System.nanoTime();
    private long granted;
    private long now;
    private double seconds;

    Tally(String fleet, List<FleetNode.Process> nodes) {
      this.fleet = fleet;
      this.nodes = nodes;
    }

    /** All at the same time, each with its own pause between calls. Never over, all in all. */
    void call(List<FleetNode.Process> who, long millis, int... pauses) {
      for (int i = 0; i < who.size(); i++) {
        who.get(i).say("target " + fleet + " " + LIMITS + " " + millis + " " + pauses[i]);
      }
      List<Outcome> all = new ArrayList<>();
      who.forEach(node -> all.add(Outcome.parse(node.answer())));
      now = all.stream().mapToLong(Outcome::granted).sum();
      seconds = all.stream().mapToLong(Outcome::tokens).min().orElseThrow() / 1e6;
      granted += now;
      double passed = (System.nanoTime() - begin) / 1e9;
      assertThat((double) granted).isLessThanOrEqualTo(saved + passed * A_SECOND + SLACK);
    }

    /** Until nothing is left of what was saved; counts anew from there. */
    void drain() {
      int[] pauses = new int[nodes.size()];
      Arrays.fill(pauses, DRAINS);
      long start;
      do {
        start = System.nanoTime();
        call(nodes, 2_000, pauses);
      } while (now > 1.05 * seconds * A_SECOND + SLACK);
      begin = start;
      granted = now;
      saved = 0.05 * seconds * A_SECOND + SLACK;
    }

    /**
     * Until nine tenths of the limit are used. What a busy machine does to the load of each, a
     * fleet follows as it does any change.
     */
    void useAll(List<FleetNode.Process> who, int... pauses) {
      for (int left = 8; left > 0; left--) {
        call(who, LOOKS, pauses);
        if (now >= 0.9 * seconds * A_SECOND - SLACK) {
          return;
        }
      }
      fail("%s of %s were used", now, seconds * A_SECOND);
    }
  }

  @Test
  void limitHoldsForAllTogetherAndIsUsedWhoeverIsBusy() {
    Tally tally = new Tally("busy", nodes);
    tally.drain();
    tally.useAll(nodes, BUSY, BUSY, BUSY, BUSY);
    tally.useAll(nodes, BUSY, QUIET, QUIET, QUIET);
    tally.useAll(nodes, QUIET, QUIET, QUIET, BUSY);
  }

  @Test
  void sliceOfAKilledProcessIsTheOthersAgain() {
    FleetNode.Process dies = new FleetNode.Process(redis.port());
    dies.awaitReady();
    List<FleetNode.Process> live = nodes.subList(0, 3);
    Tally tally = new Tally("kill", Stream.concat(live.stream(), Stream.of(dies)).toList());
    tally.drain();
    dies.close();
    tally.useAll(live, BUSY, BUSY, BUSY);
  }
}
