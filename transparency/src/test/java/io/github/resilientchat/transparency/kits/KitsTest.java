package io.github.resilientchat.transparency.kits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.transparency.Backend;
import io.github.resilientchat.transparency.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What passes of LangChain4j's own test kits with a plain model passes with a decorated one. */
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

  private static final List<Way> WAYS = List.of(Way.PLAIN, Way.BUILDER, Way.GUARDED);

  /** A request's model name is a route: see docs/differences.md. */
  private static final Set<String> MEANT = Set.of("should_respect_modelName_in_chat_request");

  @Test
  void whatPassesPlainPassesDecorated() {
    Map<Way, Map<Class<?>, Results>> results = new LinkedHashMap<>();
    try (Backend backend = new Backend()) {
      backend.bedrock.script(Knowing::answer);
      results.putAll(run(backend));
    }

    System.out.println(table(results));
    for (Class<?> kit : KITS) {
      Results plain = results.get(Way.PLAIN).get(kit);
      assertThat(plain.passed()).as(kit.getSimpleName()).isNotEmpty();
      for (Way way : WAYS) {
        Results ours = results.get(way).get(kit);
        Set<String> lost = new TreeSet<>(plain.passed());
        lost.removeAll(ours.passed());
        lost.removeIf(test -> MEANT.stream().anyMatch(test::startsWith));
        assertThat(lost).as("%s, %s: %s", kit.getSimpleName(), way, ours.failed()).isEmpty();
      }
    }
  }

  /** Beside each other: one test of each way waits for half a minute. */
  private static Map<Way, Map<Class<?>, Results>> run(Backend backend) {
    ExecutorService threads = Executors.newFixedThreadPool(WAYS.size());
    try {
      Map<Way, CompletableFuture<Map<Class<?>, Results>>> running = new LinkedHashMap<>();
      for (Way way : WAYS) {
        running.put(way, CompletableFuture.supplyAsync(() -> run(new Kit(backend, way)), threads));
      }
      Map<Way, Map<Class<?>, Results>> results = new LinkedHashMap<>();
      running.forEach((way, kits) -> results.put(way, kits.join()));
      return results;
    } finally {
      threads.shutdown();
    }
  }

  private static Map<Class<?>, Results> run(Kit kit) {
    kit.use();
    Map<Class<?>, Results> results = new LinkedHashMap<>();
    KITS.forEach(tests -> results.put(tests, Results.of(tests)));
    return results;
  }

  private static String table(Map<Way, Map<Class<?>, Results>> results) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%n%-24s | %-12s | %-12s | %-12s",
            "kit: passed of run", "plain", "builder", "guarded"));
    for (Class<?> kit : KITS) {
      StringBuilder line = new StringBuilder(String.format("%-24s", kit.getSimpleName()));
      for (Way way : WAYS) {
        Results of = results.get(way).get(kit);
        line.append(String.format(" | %-12s", of.passed().size() + " of " + of.run()));
      }
      lines.add(line.toString());
    }
    Set<String> notEvenPlain = new TreeSet<>();
    KITS.forEach(
        kit ->
            results.get(Way.PLAIN).get(kit).failed().keySet().stream()
                .map(test -> test.replaceFirst("\\(.*", ""))
                .forEach(notEvenPlain::add));
    lines.add("not even plain: " + String.join(", ", notEvenPlain) + System.lineSeparator());
    return String.join(System.lineSeparator(), lines);
  }
}
