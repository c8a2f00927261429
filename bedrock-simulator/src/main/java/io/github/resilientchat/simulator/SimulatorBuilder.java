package io.github.resilientchat.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Options of a simulator. Defaults: a free port, seed 42, no latency, no gap between frames, 10 000
 * requests and 6 million tokens per minute and 700 million tokens per day, a reservation of input
 * plus {@code maxTokens}, no guard against cancelled streams, the last 100 000 calls in the log,
 * bodies of 32 MiB, signatures that tests make up, no scenario, the system clock.
 */
public final class SimulatorBuilder {

  private final List<Quota> quotas = new ArrayList<>();
  private int port;
  private long seed = 42;
  private Duration latency = Duration.ZERO;
  private Duration tokenInterval = Duration.ZERO;
  private double reservationMultiplier = 1;
  private InstantSource clock = InstantSource.system();
  private int resetGuard;
  private int logLimit = 100_000;
  private int bodyLimit = 32 * 1024 * 1024;
  private boolean strictSignatures;
  private Scenario scenario = Scenario.NOTHING;

  SimulatorBuilder() {}

  /** The port on 127.0.0.1; 0 takes any free one. */
  public SimulatorBuilder port(int port) {
    this.port = port;
    return checked();
  }

  /** Decides which Regions serve the calls and which calls an occasional fault strikes. */
  public SimulatorBuilder seed(long seed) {
    this.seed = seed;
    return checked();
  }

  /** Time from a request to its answer, or to the first byte of its stream. */
  public SimulatorBuilder latency(Duration latency) {
    this.latency = latency;
    return checked();
  }

  /** Gap between two frames of a stream, at least a millisecond when not zero. */
  public SimulatorBuilder tokenInterval(Duration interval) {
    tokenInterval = interval;
    return checked();
  }

  /** Like {@link BedrockSimulator#quota}. */
  public SimulatorBuilder quota(Quota quota) {
    quotas.add(quota);
    return this;
  }

  /**
   * What {@code maxTokens} is multiplied by when tokens are set aside at the start of a call. AWS
   * documents 1; some observers reserve by the model's burndown rate.
   */
  public SimulatorBuilder reservationMultiplier(double factor) {
    reservationMultiplier = factor;
    return checked();
  }

  /**
   * How many streams a client may cancel on one HTTP/2 connection in 30 seconds before the
   * connection is closed, as servers do against rapid resets; 0 bears any number.
   */
  public SimulatorBuilder resetGuard(int resets) {
    resetGuard = resets;
    return checked();
  }

  /** Ended calls that the log keeps; the oldest go first. */
  public SimulatorBuilder logLimit(int calls) {
    logLimit = calls;
    return checked();
  }

  /** Bytes of a request that are read; a larger one is answered with 413. */
  public SimulatorBuilder bodyLimit(int bytes) {
    bodyLimit = bytes;
    return checked();
  }

  /** Whether reasoning must carry the simulator's own signature, and none that a test made up. */
  public SimulatorBuilder strictSignatures(boolean strict) {
    strictSignatures = strict;
    return checked();
  }

  /**
   * Plays a file of lines {@code <time> <METHOD> <operation> [json]}, operations of the admin
   * surface at times counted from the start.
   *
   * @throws IllegalArgumentException if it cannot be read, or a line is wrong
   */
  public SimulatorBuilder scenario(Path file) {
    scenario = Scenario.read(file);
    return this;
  }

  /** The time for quotas and the log; latencies always pass in real time. */
  public SimulatorBuilder clock(InstantSource clock) {
    this.clock = clock;
    return checked();
  }

  /** Throws {@link IllegalStateException} when the port is taken. */
  public BedrockSimulator start() {
    return new BedrockSimulator(settings(), quotas, scenario);
  }

  /** What is wrong is said at once. */
  private SimulatorBuilder checked() {
    settings();
    return this;
  }

  private Settings settings() {
    return new Settings(
        port,
        seed,
        latency,
        tokenInterval,
        reservationMultiplier,
        clock,
        resetGuard,
        new Settings.Bounds(logLimit, bodyLimit),
        strictSignatures);
  }
}
