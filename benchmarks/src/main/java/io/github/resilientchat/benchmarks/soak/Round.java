package io.github.resilientchat.benchmarks.soak;

import io.github.resilientchat.benchmarks.rig.Exchanges;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Two contenders, one for each framework, for a while; says every ten seconds how it goes. */
record Round(
    String name, URI langChain4j, Streams first, URI springAi, Streams second, int callers) {

  private static final Duration TICK = Duration.ofSeconds(10);
  private static final int GRACE_SECONDS = 3;

  List<Tally> run(Duration length, Supplier<String> vitals)
      throws IOException, InterruptedException {
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(8, Round::daemon);
    List<Load> loads =
        List.of(
            new Load(new Tally(name + " LangChain4j"), first, threads),
            new Load(new Tally(name + " Spring AI"), second, threads));
    List<Exchanges> exchanges = List.of(new Exchanges(langChain4j), new Exchanges(springAi));
    loads.forEach(load -> load.start(callers));
    for (long tick = length.dividedBy(TICK); tick > 0; tick--) {
      pass(TICK.toSeconds());
      System.out.printf("%s; %s%n", vitals.get(), progress(loads));
      for (Exchanges each : exchanges) {
        each.forget();
      }
    }
    loads.forEach(Load::stop);
    pass(GRACE_SECONDS);
    System.out.printf("%s; all callers have left%n", vitals.get());
    for (int index = 0; index < loads.size(); index++) {
      loads.get(index).stillOpen(exchanges.get(index).open());
    }
    return loads.stream().map(Load::tally).toList();
  }

  private static String progress(List<Load> loads) {
    StringBuilder line = new StringBuilder();
    for (Load load : loads) {
      Tally tally = load.tally();
      line.append(
          "%s: %d calls, %d running, %d broken; "
              .formatted(tally.name, tally.get(Tally.Count.CALLS), load.running(), tally.broken()));
    }
    return line.toString();
  }

  private static void pass(long seconds) throws InterruptedException {
    new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "soak-caller");
    thread.setDaemon(true);
    return thread;
  }
}
