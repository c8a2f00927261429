package io.github.resilientchat.simulator;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Runs a simulator alone, until the process is stopped. Exits with 2 on wrong options. */
public final class SimulatorMain {

  static final String USAGE =
      """
      Usage: [--port=8099] [--seed=42] [--latency=0ms] [--token-interval=0ms] [--reset-guard=0] [--scenario=file] [--help]
        --port            port on 127.0.0.1; 0 takes any free one
        --seed            decides the Regions that serve and the calls that faults strike
        --latency         time before an answer or the start of a stream: 50ms, 1s, 1m
        --token-interval  gap between two frames of a stream
        --scenario        file of what happens when, see README
        --reset-guard     cancelled streams in 30 s that close an HTTP/2 connection; 0 bears any number
      """;

  private SimulatorMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Optional<BedrockSimulator> started;
    try {
      started = run(arguments, System.out);
    } catch (IllegalArgumentException | IllegalStateException wrong) {
      System.err.println(wrong.getMessage());
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    if (started.isPresent()) {
      Runtime.getRuntime().addShutdownHook(new Thread(started.get()::close));
      // The server's threads are daemons; only this keeps the process alive.
      new CountDownLatch(1).await();
    }
  }

  /** Empty when only help was asked for. */
  static Optional<BedrockSimulator> run(String[] arguments, PrintStream out) {
    Optional<SimulatorBuilder> builder = CommandLine.parse(arguments);
    if (builder.isEmpty()) {
      out.print(USAGE);
      return Optional.empty();
    }
    BedrockSimulator simulator = builder.get().start();
    out.printf("Bedrock simulator: %s%n", simulator.endpoint());
    out.printf(
        "Account 'blue':    AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s%n",
        BedrockSimulator.accessKey("blue"), BedrockSimulator.secretKey());
    out.println("Any other account: AKIASIM<NAME>, in upper-case letters and digits");
    out.printf("State and log:     %s%sstate%n", simulator.endpoint(), AdminApi.PREFIX);
    out.println("Stop with Ctrl-C.");
    return Optional.of(simulator);
  }
}
