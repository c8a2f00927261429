package io.github.resilientchat.samples.fivepatterns;

import io.github.resilientchat.simulator.Invocation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** D1: an inference profile spreads the calls over Regions; only Bedrock's log tells which. */
final class CrossRegionDemo implements Demo {

  private static final int REQUESTS = 10;

  @Override
  public String id() {
    return "D1";
  }

  @Override
  public String title() {
    return "cross-Region inference";
  }

  @Override
  public String published() {
    return "10 of 10 served: us-east-1 3, us-east-2 5, us-west-2 2";
  }

  @Override
  public List<String> play(Stage stage) {
    stage.bedrock().reset();
    List<Asked> asked = stage.ask("d1", "cris", REQUESTS, Duration.ZERO);
    Map<String, Long> byRegion =
        stage.log().stream()
            .filter(call -> call.outcome() == Invocation.Outcome.SERVED)
            .filter(call -> call.modelId().equals("us.anthropic.claude-opus-4-6-v1"))
            .collect(
                Collectors.groupingBy(
                    call -> String.valueOf(call.inferenceRegion()),
                    TreeMap::new,
                    Collectors.counting()));
    byRegion.forEach(
        (region, count) ->
            stage.line("%-12s %2d (%.1f%%)", region, count, 100.0 * count / REQUESTS));

    long served = asked.stream().filter(Asked::served).count();
    long logged = byRegion.values().stream().mapToLong(Long::longValue).sum();
    stage.line("served %d of %d, Regions sum to %d", served, REQUESTS, logged);
    return Objections.of(
        Objections.unless(served == REQUESTS, served + " of 10 served"),
        Objections.unless(logged == REQUESTS, "the Regions' calls sum to " + logged));
  }
}
