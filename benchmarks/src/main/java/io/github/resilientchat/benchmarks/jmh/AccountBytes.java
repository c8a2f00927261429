package io.github.resilientchat.benchmarks.jmh;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The heap that an engine keeps for a user who has called once and idles, its name included: used
 * heap after collection, before and after so many users, in a process of its own. Where tenants are
 * limited, too, ten users share one, and a tenth of its account is each one's.
 */
public final class AccountBytes {

  private static final int USERS = 1_000_000;
  private static final int USERS_OF_A_TENANT = 10;
  private static final String ROUTE = "chat";
  private static final String HEAP = "3g";

  private AccountBytes() {}

  /** Of each user under these limits. */
  static double perUser(String ofUsers) throws IOException, InterruptedException {
    return measured(List.of(ofUsers));
  }

  /** The same where tenants, the route and the application are limited, too. */
  static double perUser(String ofUsers, String ofOthers) throws IOException, InterruptedException {
    return measured(List.of(ofUsers, ofOthers));
  }

  private static double measured(List<String> limits) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    // Or a full collection leaves up to 5 % of dead objects where they are.
    command.add("-XX:MarkSweepDeadRatio=0");
    command.add("-Xmx" + HEAP);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(AccountBytes.class.getName());
    command.addAll(limits);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String figure = process.inputReader().readLine();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the accounts' process ended with " + process.exitValue());
    }
    return Double.parseDouble(figure);
  }

  /**
   * Prints the bytes for each user.
   *
   * @param arguments the limits of each user; then those of all others, or nobody else is limited
   */
  public static void main(String[] arguments) {
    boolean alone = arguments.length == 1;
    IntFunction<Caller> callers = alone ? Workload::caller : AccountBytes::ofManyTenants;
    Router router =
        engine(Limits.parse(arguments[0]), alone ? Limits.NONE : Limits.parse(arguments[1]))
            .router(Route.named(ROUTE).tier(target()).build());
    answer(router, callers, USERS, USERS + 1);
    long before = usedHeap();
    answer(router, callers, 0, USERS);
    System.out.println((double) (usedHeap() - before) / USERS);
    // Still there until here.
    answer(router, callers, 0, 1);
  }

  private static Engine engine(Limits ofUsers, Limits ofOthers) {
    PlanQuotas quotas =
        Workload.quotas()
            .limits(ofUsers)
            .tenantLimits(ofOthers)
            .routeLimits(ROUTE, ofOthers)
            .applicationLimits(ofOthers)
            .build();
    return Engine.builder().quotas(quotas).build();
  }

  /** With prices, which limits in money go by. */
  private static Target target() {
    return Target.builder("target").traits(new Target.Traits(0, null, 1, new Prices(1, 5))).build();
  }

  /** Names of 16 characters, which each request brings anew. */
  private static Caller ofManyTenants(int user) {
    return Caller.of(Workload.user(user), "tenant-%09d".formatted(user / USERS_OF_A_TENANT));
  }

  private static void answer(Router router, IntFunction<Caller> callers, int from, int to) {
    for (int user = from; user < to; user++) {
      Caller caller = callers.apply(user);
      Attempt attempt = (Attempt) router.begin(ModelCall.blocking(caller, Workload.ESTIMATE));
      attempt.completed(Workload.USED);
    }
  }

  private static long usedHeap() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
