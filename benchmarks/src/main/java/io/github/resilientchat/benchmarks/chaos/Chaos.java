package io.github.resilientchat.benchmarks.chaos;

import io.github.resilientchat.benchmarks.rig.Jvm;
import java.util.ArrayList;
import java.util.List;

/** Prints the matrix in a JVM whose certificates and names it made, and fails when that does. */
public final class Chaos {

  private Chaos() {}

  /** Rows as a list with commas, or "all", or "short"; runs of each; runs at once. */
  public static void main(String[] arguments) throws Exception {
    System.exit(run(arguments));
  }

  /** 0 when every row kept its promises. */
  static int run(String... arguments) throws Exception {
    List<String> options = new ArrayList<>(Surroundings.options());
    options.addAll(
        List.of(
            "-Xmx2g",
            "-XX:+ExitOnOutOfMemoryError",
            // The better compiler would take more than it gives, on two cores.
            "-XX:TieredStopAtLevel=1"));
    Process matrix = Jvm.start(ChaosRun.class, options, arguments);
    try {
      matrix.inputReader().lines().forEach(System.out::println);
      return matrix.waitFor();
    } finally {
      matrix.destroy();
    }
  }
}
