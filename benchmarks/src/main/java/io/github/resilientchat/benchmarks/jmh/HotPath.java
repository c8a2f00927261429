package io.github.resilientchat.benchmarks.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures all contenders, each round in a new fork of each, so that whatever else the machine does
 * meets all of them; prints the medians and judges them. Exits with 1 when a promise is missed.
 * {@code -Djmh.quick=true} is a short look at one round, and judges nothing; {@code
 * -Djmh.seconds=N} makes each iteration longer, for a busy machine that compiles late, and {@code
 * -Djmh.rounds=N} takes the median of more or fewer.
 */
public final class HotPath {

  private static final boolean QUICK = Boolean.getBoolean("jmh.quick");
  private static final int ROUNDS = QUICK ? 1 : Integer.getInteger("jmh.rounds", 5);
  private static final TimeValue ITERATION =
      QUICK ? TimeValue.milliseconds(400) : TimeValue.seconds(Long.getLong("jmh.seconds", 1));
  private static final int WARM_UPS = QUICK ? 2 : 3;
  private static final int MEASUREMENTS = QUICK ? 1 : 2;

  private static final String MINUTES = "60rpm, 100ktpm";
  private static final String ALL_WINDOWS =
      MINUTES + ", 1krph, 5krpd, 1mtph, 10mtpd, 4par, 10usd/h, 100usd/d, 1000usd/mo";

  /** Of each tenant, the route and the application, who see many users' calls. */
  private static final String ALL_WINDOWS_OF_MANY =
      "9000krpm, 9000krph, 9000krpd, 9000mtpm, 9000mtph, 9000mtpd, 4par,"
          + " 90000usd/h, 90000usd/d, 90000usd/mo";

  private HotPath() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, RunnerException {
    long began = System.nanoTime();
    Table table = measured();
    Promises.AccountFigures accounts =
        new Promises.AccountFigures(
            AccountBytes.perUser(MINUTES), AccountBytes.perUser(ALL_WINDOWS, ALL_WINDOWS_OF_MANY));
    System.out.println();
    table.lines().forEach(System.out::println);
    System.out.printf(
        Locale.ROOT,
        "%nan idle user's account of 1,000,000: %.0f bytes (rpm, tpm), %.0f bytes (all scopes and"
            + " windows, ten users a tenant)%n",
        accounts.ofMinutes(),
        accounts.ofAllScopes());
    System.out.printf(
        Locale.ROOT,
        "median of %d rounds, in %.0f s, on Java %s with %d processors%n%n",
        ROUNDS,
        (System.nanoTime() - began) / 1e9,
        Runtime.version(),
        Runtime.getRuntime().availableProcessors());
    Promises.Verdict verdict = Promises.judge(table, accounts);
    verdict.lines().forEach(System.out::println);
    System.exit(QUICK || verdict.missed().isEmpty() ? 0 : 1);
  }

  private static Table measured() throws RunnerException {
    Map<Contender, List<Figure>> figures = new EnumMap<>(Contender.class);
    for (int round = 1; round <= ROUNDS; round++) {
      for (Contender contender : Contender.values()) {
        Figure figure = measure(contender);
        figures.computeIfAbsent(contender, first -> new ArrayList<>()).add(figure);
        System.out.printf(
            Locale.ROOT,
            "%d/%d %-20s %10.0f ns, %10.0f ns of work, %6.0f bytes%n",
            round,
            ROUNDS,
            contender,
            figure.nanos(),
            figure.worked(),
            figure.bytes());
      }
    }
    Table table = new Table();
    figures.forEach((contender, each) -> table.put(contender, Figure.median(each)));
    return table;
  }

  private static Figure measure(Contender contender) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(contender.include())
            .threads(contender.threads())
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            .warmupIterations(WARM_UPS)
            .warmupTime(ITERATION)
            .measurementIterations(MEASUREMENTS)
            .measurementTime(ITERATION)
            .addProfiler(GCProfiler.class)
            .jvmArgs("-Xms1g", "-Xmx1g")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    if (contender.hasChoice()) {
      options.param("targets", String.valueOf(contender.targets()));
    }
    RunResult result = new Runner(options.build()).runSingle();
    return Figure.of(result);
  }
}
