package io.github.resilientchat.transparency.kits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.transparency.Clients;
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
import java.util.function.Function;
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

  private static final String CAN = "Bedrock's models can do it: the kit tests that it works";

  /** Tests that no model over Bedrock can be put to, plain or decorated, and why not. */
  private static final Map<String, String> LEFT_OUT =
      Map.ofEntries(
          Map.entry(
              "should_respect_JSON_response_format",
              "Bedrock's models know JSON by a schema alone; the kit tests that they refuse others"),
          Map.entry("should_fail_if_JSON_response_format_with_schema_is_not_supported", CAN),
          Map.entry("should_fail_if_images_as_base64_encoded_strings_are_not_supported", CAN),
          Map.entry("should_fail_if_images_as_public_URLs_are_not_supported", CAN),
          Map.entry("should_fail_if_maxOutputTokens_parameter_is_not_supported", CAN),
          Map.entry("should_fail_if_modelName_is_not_supported", CAN),
          Map.entry("should_fail_if_stopSequences_parameter_is_not_supported", CAN),
          Map.entry("should_fail_if_tool_choice_REQUIRED_is_not_supported", CAN),
          Map.entry("should_fail_if_tools_are_not_supported", CAN),
          Map.entry("should_fail_when_tool_returns_image_and_provider_does_not_support_it", CAN));

  /** A check of many tests of the kits, and the ways in which it is not made. */
  private static final String ONE_THREAD = "A handler is told on several threads";

  @Test
  void whatPassesPlainPassesDecorated() {
    Map<Way, Map<Class<?>, Results>> results;
    try (BedrockSimulator bedrock = Knowing.bedrock();
        Clients clients = new Clients(bedrock.endpoint());
        Pictures pictures = new Pictures()) {
      results = run(way -> new Kit(clients, bedrock.endpoint(), pictures, way));
    }

    System.out.println(table(results));
    assertThat(leftOut(results))
        .as("what the kits' classes here leave out, and why")
        .isEqualTo(LEFT_OUT.keySet());
    for (Class<?> kit : KITS) {
      for (Way way : Way.values()) {
        Results of = results.get(way).get(kit);
        Map<String, Throwable> lost = new TreeMap<>(of.failed());
        if (way != Way.PLAIN) {
          lost.keySet().removeIf(test -> MEANT.containsKey(method(test)));
        }
        assertThat(lost).as("%s, %s", kit.getSimpleName(), way).isEmpty();
        assertThat(of.run())
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
    assertThat(LEFT_OUT.keySet()).allSatisfy(test -> assertThat(page).contains("`" + test + "`"));
  }

  /** Beside each other: one test of each way waits for half a minute. */
  private static Map<Way, Map<Class<?>, Results>> run(Function<Way, Kit> kits) {
    ExecutorService threads = Executors.newFixedThreadPool(Way.values().length);
    try {
      Map<Way, CompletableFuture<Map<Class<?>, Results>>> running = new LinkedHashMap<>();
      for (Way way : Way.values()) {
        running.put(way, CompletableFuture.supplyAsync(() -> run(kits.apply(way)), threads));
      }
      Map<Way, Map<Class<?>, Results>> results = new LinkedHashMap<>();
      running.forEach((way, ended) -> results.put(way, ended.join()));
      return results;
    } finally {
      threads.shutdown();
    }
  }

  private static Map<Class<?>, Results> run(Kit made) {
    try (Kit kit = made) {
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
    new TreeMap<>(LEFT_OUT).forEach((test, why) -> lines.add("left out: " + test + ": " + why));
    lines.add("not checked, GUARDED and STARTER: " + ONE_THREAD + System.lineSeparator());
    return String.join(System.lineSeparator(), lines);
  }

  private static Set<String> leftOut(Map<Way, Map<Class<?>, Results>> results) {
    Set<String> left = new TreeSet<>();
    results
        .values()
        .forEach(
            kits -> kits.forEach((kit, of) -> of.left().forEach(test -> left.add(method(test)))));
    return left;
  }

  private static String method(String test) {
    return test.replaceFirst("/.*", "");
  }
}
