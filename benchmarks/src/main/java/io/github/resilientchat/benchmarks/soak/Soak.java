package io.github.resilientchat.benchmarks.soak;

import io.github.resilientchat.benchmarks.rig.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Starts the simulators, the decorated models and the undecorated ones on the same faults, each in
 * a process of its own, so that heap and threads of the second are the decorators' alone. Exits
 * with 1 when a decorator broke its word.
 */
public final class Soak {

  static final String ROW = "ROW ";

  private static final String SERVER_HEAP = "256m";

  private Soak() {}

  /** Minutes, streams at a time, and the megabytes of heap they may hold. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Duration length = Duration.ofMillis((long) (Double.parseDouble(arguments[0]) * 60_000));
    int streams = Integer.parseInt(arguments[1]);
    int heap = Integer.parseInt(arguments[2]);
    String most = heap + streams * Vitals.ROOM_FOR_DECODER + "m";
    Process server = java(SoakServer.class, SERVER_HEAP, "4");
    BufferedReader endpoints = server.inputReader();
    List<String> rows = new CopyOnWriteArrayList<>();
    List<Process> contenders = new ArrayList<>();
    boolean kept = false;
    try {
      List<Thread> readers = new ArrayList<>();
      for (Class<?> contender : List.of(DecoratedSoak.class, PlainSoak.class)) {
        Process process =
            java(
                contender,
                most,
                endpoints.readLine(),
                endpoints.readLine(),
                length.toString(),
                String.valueOf(streams / 2),
                String.valueOf(heap));
        contenders.add(process);
        readers.add(reading(process, rows));
      }
      for (Thread reader : readers) {
        reader.join();
      }
      kept = contenders.get(0).waitFor() == 0 & contenders.get(1).waitFor() == 0;
      System.out.printf("%n%s%n", Tally.header());
      rows.stream().sorted(Comparator.reverseOrder()).forEach(System.out::println);
      System.out.println(kept ? "kept" : "BROKEN: see above");
    } finally {
      contenders.forEach(Process::destroy);
      server.destroy();
    }
    System.exit(kept ? 0 : 1);
  }

  /** Passes on what a process prints; its rows wait for the end. */
  private static Thread reading(Process process, List<String> rows) {
    Thread reader =
        new Thread(
            () ->
                process
                    .inputReader()
                    .lines()
                    .forEach(
                        line -> {
                          if (line.startsWith(ROW)) {
                            rows.add(line.substring(ROW.length()));
                          } else {
                            System.out.println(line);
                          }
                        }));
    reader.start();
    return reader;
  }

  static Process java(Class<?> main, String heap, String... arguments) throws IOException {
    return Jvm.start(
        main,
        List.of(
            "-XX:+UseSerialGC",
            // Or a full collection leaves up to 5 % of dead objects where they are.
            "-XX:MarkSweepDeadRatio=0",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xmx" + heap),
        arguments);
  }
}
