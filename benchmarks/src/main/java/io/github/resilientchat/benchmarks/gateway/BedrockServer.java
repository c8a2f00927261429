package io.github.resilientchat.benchmarks.gateway;

import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Quota;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A simulated Bedrock without latency, in a process of its own, until its starter closes it. All of
 * an account's calls can be throttled.
 */
public final class BedrockServer implements AutoCloseable {

  private static final String RESET = "reset";
  private static final String DONE = "done";
  private static final long AMPLE = 1_000_000_000_000_000L;

  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter orders;
  private final URI endpoint;

  private BedrockServer(Process process) throws IOException {
    this.process = process;
    this.answers = process.inputReader();
    this.orders = new PrintWriter(process.outputWriter(), true);
    this.endpoint = URI.create(answers.readLine());
  }

  static BedrockServer start() throws IOException {
    return new BedrockServer(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-cp",
                    System.getProperty("java.class.path"),
                    BedrockServer.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  URI endpoint() {
    return endpoint;
  }

  /** Forgets the calls so far, and all faults. */
  void reset() throws IOException {
    order(RESET);
  }

  /** Answers every call of the account with 429 from now on. */
  void throttle(String account) throws IOException {
    order(account);
  }

  private void order(String order) throws IOException {
    orders.println(order);
    if (!DONE.equals(answers.readLine())) {
      throw new IOException("the simulator's process has ended");
    }
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** Prints the endpoint, then obeys: {@code reset}, or the name of an account to throttle. */
  public static void main(String[] arguments) throws IOException {
    BedrockSimulator simulator =
        BedrockSimulator.builder()
            .quota(Quota.requestsPerMinute(AMPLE))
            .quota(Quota.tokensPerMinute(AMPLE))
            .quota(Quota.tokensPerDay(AMPLE))
            .start();
    System.out.println(simulator.endpoint());
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      if (order.equals(RESET)) {
        simulator.reset();
      } else {
        simulator.fault(
            Fault.httpError(429, "ThrottlingException", "Too many requests").account(order));
      }
      System.out.println(DONE);
    }
    System.exit(0);
  }
}
