package io.github.resilientchat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.redis.FleetNode.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Four processes, started once, under one limit. */
class FleetTest {

  private static final int NODES = 4;
  private static final int CALLS = 90;

  private static EmbeddedRedis redis;
  private static List<FleetNode.Process> nodes;

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
    nodes = Stream.generate(() -> new FleetNode.Process(redis.port())).limit(NODES).toList();
    nodes.forEach(FleetNode.Process::awaitReady);
  }

  @AfterAll
  static void stop() {
    nodes.forEach(FleetNode.Process::close);
    redis.close();
  }

  static Stream<Arguments> runs() {
    return Stream.iterate(1L, seed -> seed + 1)
        .limit(20)
        .map(
            seed -> {
              Random random = new Random(seed);
              long most = 20 + random.nextInt(150);
              return switch ((int) (seed % 3)) {
                case 0 -> Arguments.of(seed, "requests", most + "rph", most);
                case 1 -> Arguments.of(seed, "tokens", most * 10 + "tph", most * 10);
                // A thousandth of a dollar for each token.
                default -> Arguments.of(seed, "money", "0." + (1_000 + most * 5) + "usd/mo", 0);
              };
            });
  }

  private static Outcome run(String line) {
    nodes.forEach(node -> node.say(line));
    return nodes.stream()
        .map(node -> Outcome.parse(node.answer()))
        .reduce(new Outcome(0, 0, 0, Long.MAX_VALUE), Outcome::and);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void neverOverTheLimitAndNothingIsRefusedThatFits(
      long seed, String what, String limit, long most) {
    Outcome all = run("run run-" + seed + " " + limit + " " + seed + " " + CALLS);

    assertThat(all.granted() + all.refused()).isEqualTo(NODES * CALLS);
    switch (what) {
      case "requests" -> assertThat(all.granted()).isEqualTo(most);
      case "tokens" -> {
        assertThat(all.tokens()).isLessThanOrEqualTo(most);
        assertThat(all.tokens() + all.smallestRefused()).isGreaterThan(most);
      }
      default -> {
        long tokens = Long.parseLong(limit.substring(2, 6)) / 10;
        assertThat(all.tokens()).isLessThanOrEqualTo(tokens);
        assertThat(all.tokens() + all.smallestRefused()).isGreaterThan(tokens);
      }
    }
  }

  @Test
  void killedProcessFreesItsPlacesWithinALease() {
    int stood = 0;
    while (!freesItsPlacesWithinALease("kill-" + stood)) {
      assertThat(++stood).as("runs in which the machine stood still").isLessThan(5);
    }
  }

  /**
   * @return false if the machine stood still meanwhile, for so long that no lease lasts
   */
  private static boolean freesItsPlacesWithinALease(String prefix) {
    FleetNode.Process lives = nodes.get(0);
    Beats beats;
    try (FleetNode.Process dies = new FleetNode.Process(redis.port())) {
      dies.awaitReady();
      beats = new Beats();
      int held = held(dies, prefix, 9, beats);
      if (stoodStill(beats)) {
        return false;
      }
      assertThat(held).isEqualTo(5);
      while (beats.lasted().compareTo(Duration.ofMillis(5_500)) < 0) {
        int more = held(lives, prefix, 1, beats);
        if (stoodStill(beats)) {
          return false;
        }
        assertThat(more).isZero();
      }
    }

    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    int taken = 0;
    // Each call has a lease of its own; they end one after another.
    while (taken < 5 && System.nanoTime() < end) {
      taken += held(lives, prefix, 5, beats);
    }
    assertThat(taken).isEqualTo(5);
    int more = held(lives, prefix, 1, beats);
    if (stoodStill(beats)) {
      return false;
    }
    assertThat(more).isZero();
    return true;
  }

  /** How many more it holds at a time, of five that all may. */
  private static int held(FleetNode.Process node, String prefix, int calls, Beats beats) {
    node.say("hold " + prefix + " 5par " + calls);
    String answer = node.answer();
    beats.beat();
    assertThat(answer).endsWith(" 0 0 0");
    return Integer.parseInt(answer.split(" ", 2)[0]);
  }

  /** A lease of four seconds is renewed each third of it, and survives this. */
  private static boolean stoodStill(Beats beats) {
    return beats.longest().compareTo(Duration.ofSeconds(1)) > 0;
  }
}
