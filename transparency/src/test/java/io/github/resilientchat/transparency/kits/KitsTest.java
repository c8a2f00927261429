package io.github.resilientchat.transparency.kits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.transparency.Backend;
import io.github.resilientchat.transparency.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** LangChain4j's own test kits pass with a plain model, and with a decorated one. */
class KitsTest {

  private static final List<Class<?>> KITS =
      List.of(
          StreamingKit.class,
          ChatKit.class,
          ListenerKit.class,
          StreamingListenerKit.class,
          ServiceKit.class,
          StreamingServiceKit.class,
          SchemaKit.class,
          ToolsKit.class);

  /** Tests that a decorated model is not meant to pass, with the heading in docs/differences.md. */
  private static final Map<String, String> MEANT =
      Map.of("should_respect_modelName_in_chat_request", "A model's name is a route");

  /** A check of many tests of the kits, and the ways in which it is not made. */
  private static final String ONE_THREAD = "A handler is told on several threads";

  @Test
  void whatPassesPlainPassesDecorated() {
    Map<Way, Map<Class<?>, Results>> results;
    try (Backend backend = new Backend()) {
      backend.bedrock.script(Knowing::answer);
      results = run(backend);
    }

    System.out.println(table(results));
    for (Class<?> kit : KITS) {
      for (Way way : Way.values()) {
        Results of = results.get(way).get(kit);
        Map<String, Throwable> lost = new TreeMap<>(of.failed());
        if (way != Way.PLAIN) {
          lost.keySet().removeIf(test -> MEANT.containsKey(method(test)));
        }
        assertThat(lost).as("%s, %s", kit.getSimpleName(), way).isEmpty();
        assertThat(of.run() + of.aborted().size())
            .as("%s, %s: as many tests as plain", kit.getSimpleName(), way)
            .isEqualTo(results.get(Way.PLAIN).get(kit).run())
            .isPositive();
      }
    }
  }

  @Test
  void everyMeantDifferenceIsExplained() throws Exception {
    String page = Files.readString(Path.of("../docs/differences.md"));

    assertThat(MEANT.values()).allSatisfy(heading -> assertThat(page).contains("## " + heading));
    assertThat(page).contains("## " + ONE_THREAD);
  }

  /** Beside each other: one test of each way waits for half a minute. */
  private static Map<Way, Map<Class<?>, Results>> run(Backend backend) {
    ExecutorService threads = Executors.newFixedThreadPool(Way.values().length);
    try {
      Map<Way, CompletableFuture<Map<Class<?>, Results>>> running = new LinkedHashMap<>();
      for (Way way : Way.values()) {
        running.put(way, CompletableFuture.supplyAsync(() -> run(backend, way), threads));
      }
      Map<Way, Map<Class<?>, Results>> results = new LinkedHashMap<>();
      running.forEach((way, kits) -> results.put(way, kits.join()));
      return results;
    } finally {
      threads.shutdown();
    }
  }

  private static Map<Class<?>, Results> run(Backend backend, Way way) {
    try (Kit kit = new Kit(backend, way)) {
      kit.use();
      Map<Class<?>, Results> results = new LinkedHashMap<>();
      KITS.forEach(tests -> results.put(tests, Results.of(tests)));
      return results;
    }
  }

  private static String table(Map<Way, Map<Class<?>, Results>> results) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%n%-24s | %-12s | %-12s | %-12s | %-12s",
            "kit: passed of run", "plain", "builder", "guarded", "starter"));
    Set<String> reasons = new TreeSet<>();
    for (Class<?> kit : KITS) {
      StringBuilder line = new StringBuilder(String.format("%-24s", kit.getSimpleName()));
      for (Way way : Way.values()) {
        Results of = results.get(way).get(kit);
        line.append(String.format(" | %-12s", of.passed().size() + " of " + of.run()));
        of.failed()
            .forEach(
                (test, thrown) ->
                    reasons.add(
                        "not passed: "
                            + method(test)
                            + ", "
                            + way
                            + ": "
                            + MEANT.getOrDefault(method(test), String.valueOf(thrown))));
        of.aborted().values().forEach(reason -> reasons.add("not run, " + way + ": " + reason));
      }
      lines.add(line.toString());
    }
    lines.addAll(reasons);
    lines.add("not checked, GUARDED and STARTER: " + ONE_THREAD + System.lineSeparator());
    return String.join(System.lineSeparator(), lines);
  }

  private static String method(String test) {
    return test.replaceFirst("/.*", "");
  }
}
