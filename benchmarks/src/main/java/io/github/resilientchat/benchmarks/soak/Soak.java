package io.github.resilientchat.benchmarks.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Runs the decorators in this JVM, started with a small heap. The simulators, and the undecorated
 * models on the same faults, have processes of their own, so that the heap and the threads are ours
 * alone. Exits with 1 when a decorator broke its word.
 */
public final class Soak {

  static final String ROW = "ROW ";

  private Soak() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Duration length = Duration.ofMillis((long) (Double.parseDouble(arguments[0]) * 60_000));
    int callers = Integer.parseInt(arguments[1]) / 2;
    String heap = arguments[2];
    Noise.off();
    Process server = java(SoakServer.class, "256m", "4");
    BufferedReader endpoints = server.inputReader();
    List<URI> at = new ArrayList<>();
    for (int count = 0; count < 4; count++) {
      at.add(URI.create(endpoints.readLine()));
    }
    Process plain =
        java(
            PlainSoak.class,
            heap,
            length.toString(),
            at.get(2).toString(),
            at.get(3).toString(),
            String.valueOf(callers));
    List<String> plainRows = new CopyOnWriteArrayList<>();
    Thread reader = new Thread(() -> plain.inputReader().lines().forEach(row(plainRows)));
    reader.start();
    boolean kept;
    try {
      kept = run(length, callers, at, reader, plainRows);
    } finally {
      plain.destroy();
      server.destroy();
    }
    System.exit(kept ? 0 : 1);
  }

  private static boolean run(
      Duration length, int callers, List<URI> at, Thread plainReader, List<String> plainRows)
      throws IOException, InterruptedException {
    // One engine for each framework, since each has a simulator of its own.
    Decorated langChain4j = new Decorated(at.get(0));
    Decorated springAi = new Decorated(at.get(1));
    Vitals vitals = new Vitals();
    List<Tally> tallies =
        new Round(
                "resilient",
                at.get(0),
                langChain4j.langChain4j(),
                at.get(1),
                springAi.springAi(),
                callers)
            .run(length, vitals::sample);
    plainReader.join(Duration.ofMinutes(1).toMillis());

    System.out.printf("%n%s%n", Tally.header());
    tallies.forEach(System.out::println);
    plainRows.forEach(System.out::println);
    tallies.forEach(tally -> System.out.println(tally.failures()));
    System.out.println(vitals);
    System.out.println("LangChain4j: " + langChain4j.books());
    System.out.println("Spring AI: " + springAi.books());
    boolean kept =
        vitals.flat()
            && langChain4j.balanced()
            && springAi.balanced()
            && tallies.stream().allMatch(tally -> tally.broken() == 0);
    System.out.println(kept ? "kept" : "BROKEN: see above");
    return kept;
  }

  private static java.util.function.Consumer<String> row(List<String> rows) {
    return line -> {
      if (line.startsWith(ROW)) {
        rows.add(line.substring(ROW.length()));
      } else {
        System.out.println(line);
      }
    };
  }

  private static Process java(Class<?> main, String heap, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx" + heap,
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
