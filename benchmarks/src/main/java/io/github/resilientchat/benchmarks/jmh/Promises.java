package io.github.resilientchat.benchmarks.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a call may cost; each promise is kept or missed by a figure. Times are ratios of one run.
 */
final class Promises {

  private final Table table;
  private final AccountFigures accounts;
  private final List<String> verdicts = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();

  private Promises(Table table, AccountFigures accounts) {
    this.table = table;
    this.accounts = accounts;
  }

  /**
   * Bytes of an idle user's account.
   *
   * @param ofMinutes under limits of requests and tokens a minute
   * @param ofAllScopes under a limit of every unit for users, tenants, the route and the
   *     application
   */
  record AccountFigures(double ofMinutes, double ofAllScopes) {}

  /** One line for each promise, and those that were missed. */
  record Verdict(List<String> lines, List<String> missed) {}

  static Verdict judge(Table table, AccountFigures accounts) {
    Promises promises = new Promises(table, accounts);
    promises.judgeCalls();
    promises.judgeManyTargets();
    promises.judgeThreads();
    promises.judgeQuotas();
    return new Verdict(promises.verdicts, promises.missed);
  }

  private void judgeCalls() {
    atMost("engine alone, bytes a call", table.bytes(Contender.ENGINE), 512);
    atMost(
        "engine alone against the hand-inlined router alone, time",
        table.nanos(Contender.ENGINE) / table.nanos(Contender.INLINED_ALONE),
        1.5);
    atMost(
        "decorated LangChain4j call less the bare one, bytes",
        table.bytes(Contender.DECORATED) - table.bytes(Contender.BARE),
        1_024);
    atMost(
        "the same against the hand-inlined router less the bare call, time",
        table.added(Contender.DECORATED, Contender.BARE) / table.inlined(),
        2);
    atMost(
        "decorated Spring AI call less the bare one, bytes",
        table.bytes(Contender.DECORATED_SPRING_AI) - table.bytes(Contender.BARE_SPRING_AI),
        2_048);
    atMost(
        "the same against the hand-inlined router less the bare call, time",
        table.added(Contender.DECORATED_SPRING_AI, Contender.BARE_SPRING_AI) / table.inlined(),
        3);
  }

  private void judgeManyTargets() {
    judgeManyTargets("engine alone", Contender.ENGINE_MANY, Contender.ENGINE);
    judgeManyTargets("decorated LangChain4j call", Contender.DECORATED_MANY, Contender.DECORATED);
  }

  private void judgeManyTargets(String what, Contender many, Contender few) {
    atMost(what + ", 1,000 targets against 8, time", table.nanos(many) / table.nanos(few), 3);
    atMost(what + ", 1,000 targets against 8, bytes", table.bytes(many) / table.bytes(few), 1.5);
  }

  private void judgeThreads() {
    atLeast(
        "two threads, two users: calls a second against the hand-inlined router's",
        table.throughput(Contender.ENGINE_TWICE) / table.throughput(Contender.INLINED_TWICE),
        1.5);
    atLeast(
        "two threads against one, without limits and breakers",
        table.throughput(Contender.OPEN_TWICE) / table.throughput(Contender.ENGINE_OPEN),
        1.6);
  }

  private void judgeQuotas() {
    atMost(
        "an idle user's account, requests and tokens a minute, bytes", accounts.ofMinutes(), 500);
    atMost("an idle user's account, all scopes and windows, bytes", accounts.ofAllScopes(), 1_024);
    atMost(
        "a quota refuses, against the hand-inlined router less the bare call, time",
        table.nanos(Contender.REFUSED) / table.inlined(),
        0.6);
    atMost("a quota refuses, bytes", table.bytes(Contender.REFUSED), 400);
    atMost(
        "three scopes decided, taken and settled, against the same, time",
        table.nanos(Contender.THREE_SCOPES) / table.inlined(),
        0.8);
    atMost("the same, bytes", table.bytes(Contender.THREE_SCOPES), 400);
    atMost(
        "a refusal without its exception, against the same, time",
        table.nanos(Contender.DECIDED) / table.inlined(),
        0.6);
    atMost("the same, bytes", table.bytes(Contender.DECIDED), 400);
  }

  private void atMost(String what, double reached, double most) {
    note(what, reached, "at most", most, reached <= most);
  }

  private void atLeast(String what, double reached, double least) {
    note(what, reached, "at least", least, reached >= least);
  }

  private void note(String what, double reached, String bound, double limit, boolean kept) {
    String line =
        String.format(
            Locale.ROOT,
            "%-6s %s: %.2f (%s %.2f)",
            kept ? "kept" : "MISSED",
            what,
            reached,
            bound,
            limit);
    verdicts.add(line);
    if (!kept) {
      missed.add(line);
    }
  }
}
