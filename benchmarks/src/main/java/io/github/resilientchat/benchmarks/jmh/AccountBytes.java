package io.github.resilientchat.benchmarks.jmh;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * The heap that an engine keeps for a user who has called once and idles, its name included: used
 * heap after collection, before and after so many users, in a process of its own.
 */
public final class AccountBytes {

  private static final int USERS = 1_000_000;
  private static final String HEAP = "3g";

  private AccountBytes() {}

  /** Of each user under these limits. */
  static double perUser(String limits) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    // Or a full collection leaves up to 5 % of dead objects where they are.
                    "-XX:MarkSweepDeadRatio=0",
                    "-Xmx" + HEAP,
                    "-cp",
                    System.getProperty("java.class.path"),
                    AccountBytes.class.getName(),
                    limits))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String figure = process.inputReader().readLine();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the accounts' process ended with " + process.exitValue());
    }
    return Double.parseDouble(figure);
  }

  /** Prints the bytes for each user under the limits given. */
  public static void main(String[] arguments) {
    Router router =
        Workload.engine(Limits.parse(arguments[0]))
            .router(Route.named("chat").tier(Target.named("target")).build());
    answer(router, USERS, USERS + 1);
    long before = usedHeap();
    answer(router, 0, USERS);
    System.out.println((double) (usedHeap() - before) / USERS);
    // Still there until here.
    answer(router, 0, 1);
  }

  private static void answer(Router router, int from, int to) {
    for (int user = from; user < to; user++) {
      Caller caller = Workload.caller(user);
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
