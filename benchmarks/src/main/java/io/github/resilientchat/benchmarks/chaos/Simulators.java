package io.github.resilientchat.benchmarks.chaos;

import io.github.resilientchat.benchmarks.rig.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A process of simulators, which can be stopped, killed and started again on the same ports. */
final class Simulators implements AutoCloseable {

  private final List<Integer> ports;
  private volatile Process process;

  private Simulators(List<Integer> ports) {
    this.ports = ports;
    this.process = begin(ports);
  }

  static Simulators start(int count) {
    return new Simulators(IntStream.range(0, count).mapToObj(index -> Ports.free()).toList());
  }

  List<URI> endpoints() {
    return ports.stream().map(port -> URI.create("http://127.0.0.1:" + port)).toList();
  }

  /** The process stands still; its sockets stay open. */
  void halt() {
    signal("-STOP");
  }

  void goOn() {
    signal("-CONT");
  }

  void kill() {
    process.destroyForcibly();
  }

  void startAgain() {
    process = begin(ports);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void signal(String which) {
    try {
      new ProcessBuilder("kill", which, String.valueOf(process.pid()))
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static Process begin(List<Integer> ports) {
    try {
      Process process =
          Jvm.start(
              ChaosServer.class,
              List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"),
              ports.stream().map(String::valueOf).toArray(String[]::new));
      BufferedReader lines = process.inputReader();
      List<String> ready = new ArrayList<>();
      while (ready.size() < ports.size()) {
        String line = lines.readLine();
        if (line == null) {
          throw new IllegalStateException("the simulators ended at " + ready);
        }
        ready.add(line);
      }
      return process;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
