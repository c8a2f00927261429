package io.github.resilientchat.samples.fivepatterns;

import io.github.resilientchat.simulator.Invocation;
import java.time.Duration;
import java.util.List;

/** D2: one model, two accounts, in turn. */
final class AccountShardingDemo implements Demo {

  private static final int REQUESTS = 20;

  @Override
  public String id() {
    return "D2";
  }

  @Override
  public String title() {
    return "account sharding";
  }

  @Override
  public String published() {
    return "20 of 20 served, 10 per account, 3.72 s on average";
  }

  @Override
  public List<String> play(Stage stage) {
    stage.bedrock().reset();
    List<Asked> asked = stage.ask("d2", "sharded", REQUESTS, Duration.ZERO);
    stage.line(
        "%-8s %5s %7s %6s %12s %8s",
        "Account", "Total", "Success", "Failed", "Success Rate", "Avg Time");
    for (String account : List.of("main", "second")) {
      row(stage, account, asked);
    }

    long served = asked.stream().filter(Asked::served).count();
    long main = servedBy(stage, "main");
    long second = servedBy(stage, "second");
    stage.line(
        "%-8s %5d %7d %6d %11.1f%%",
        "TOTAL", REQUESTS, served, REQUESTS - served, 100.0 * served / REQUESTS);
    return Objections.of(
        Objections.unless(served == REQUESTS, served + " of 20 served"),
        Objections.unless(
            main == 10 && second == 10, "accounts served " + main + " and " + second));
  }

  /** Bedrock's own log says whose quota was used, whatever the router believes. */
  private static long servedBy(Stage stage, String account) {
    return stage.log().stream()
        .filter(call -> call.outcome() == Invocation.Outcome.SERVED)
        .filter(call -> call.account().equals(account))
        .count();
  }

  private static void row(Stage stage, String account, List<Asked> asked) {
    List<Asked> here =
        asked.stream()
            .filter(
                one ->
                    stage.report(one).attempts().stream()
                        .anyMatch(attempt -> attempt.target().account().equals(account)))
            .toList();
    long served = here.stream().filter(Asked::served).count();
    stage.line(
        "%-8s %5d %7d %6d %11.1f%% %6.0fms",
        account,
        here.size(),
        served,
        here.size() - served,
        100.0 * served / Math.max(1, here.size()),
        here.stream().mapToDouble(Asked::millis).average().orElse(0));
  }
}
