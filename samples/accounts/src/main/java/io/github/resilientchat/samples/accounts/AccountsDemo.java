package io.github.resilientchat.samples.accounts;

import io.github.resilientchat.core.report.CallReport;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Plays two accounts by role: renewed under load, one revoked and restored, one start refused. */
final class AccountsDemo {

  static final int CLAIMS = 6;

  private static final int ENOUGH_CALLS = 80;
  private static final int SESSIONS = 3;

  private final Verdicts verdicts;

  AccountsDemo(PrintStream out) {
    verdicts = new Verdicts(out);
  }

  Verdicts run() throws InterruptedException {
    try (LocalAws aws = new LocalAws()) {
      try (ConfigurableApplicationContext context = start(aws);
          Traffic traffic = Traffic.start(context.getBean(Ways.class))) {
        underLoad(aws, traffic, context.getBean(Reports.class));
      }
      refusedStart(
          aws,
          "a target whose prompts may leave the residency stops the start",
          "resilient.routes.chat.fallbacks=global.anthropic.claude-sonnet-4-6/prod",
          "a global profile may be served in any Region");
      refusedStart(
          aws,
          "a session shorter than AWS gives stops the start",
          "resilient.accounts.prod.session-duration=10s",
          "a session lasts from 15 minutes to 12 hours");
    }
    return verdicts;
  }

  private static ConfigurableApplicationContext start(LocalAws aws, String... properties) {
    return new SpringApplicationBuilder(AccountsApplication.class)
        .properties(aws.properties())
        .run(List.of(properties).stream().map(each -> "--" + each).toArray(String[]::new));
  }

  private void underLoad(LocalAws aws, Traffic traffic, Reports reports)
      throws InterruptedException {
    bothServe(aws, traffic, reports);
    renewed(aws, traffic);
    revoked(aws, traffic, reports);
    restored(aws, traffic, reports);
  }

  private void bothServe(LocalAws aws, Traffic traffic, Reports reports)
      throws InterruptedException {
    traffic.until(() -> reports.size() >= ENOUGH_CALLS);
    List<CallReport> calls = reports.since(0);
    long prod = Reports.servedBy("prod", calls);
    long burst = Reports.servedBy("burst", calls);
    verdicts.add(
        "two accounts serve by sessions that their external ids gave",
        traffic.failures().isEmpty() && prod > 0 && burst > 0,
        "%d calls: prod served %d, burst %d; sessions asked for as %s"
            .formatted(
                calls.size(),
                prod,
                burst,
                aws.bedrock().assumptions().stream()
                    .map(asked -> asked.sessionName() + " " + asked.tags())
                    .distinct()
                    .toList()));
  }

  private void renewed(LocalAws aws, Traffic traffic) throws InterruptedException {
    boolean held =
        traffic.until(
            () ->
                aws.sessions(LocalAws.PROD) >= SESSIONS
                    && aws.sessions(LocalAws.BURST) >= SESSIONS);
    verdicts.add(
        "sessions of 10 s are renewed under load, and no call meets an old one",
        held && traffic.failures().isEmpty() && aws.refused() == 0,
        "%d calls, %d failed, %d refused; %d and %d sessions"
            .formatted(
                traffic.asked(),
                traffic.failures().size(),
                aws.refused(),
                aws.sessions(LocalAws.PROD),
                aws.sessions(LocalAws.BURST)));
  }

  private void revoked(LocalAws aws, Traffic traffic, Reports reports) throws InterruptedException {
    aws.bedrock().revoke(LocalAws.BURST);
    int before = reports.size();
    traffic.until(() -> reports.size() >= before + ENOUGH_CALLS);
    List<CallReport> calls = reports.since(before);
    int moves = calls.stream().mapToInt(call -> call.moves().size()).max().orElse(0);
    Set<String> places =
        calls.stream()
            .flatMap(call -> call.servedBy().stream())
            .map(target -> target.account())
            .collect(Collectors.toSet());
    verdicts.add(
        "a role is revoked while traffic runs: no call fails, and each moves once at most",
        traffic.failures().isEmpty() && aws.refused() > 0 && moves == 1,
        "%d calls, %d failed, %d denied; at most %d move; served by %s"
            .formatted(calls.size(), traffic.failures().size(), aws.refused(), moves, places));
  }

  private void restored(LocalAws aws, Traffic traffic, Reports reports)
      throws InterruptedException {
    aws.bedrock().restore(LocalAws.BURST);
    int before = reports.size();
    boolean back = traffic.until(() -> Reports.servedBy("burst", reports.since(before)) >= 5);
    verdicts.add(
        "the role is lent again: its account comes back with a new session",
        back && traffic.failures().isEmpty(),
        "%d calls later burst had served %d; %d failed"
            .formatted(
                reports.size() - before,
                Reports.servedBy("burst", reports.since(before)),
                traffic.failures().size()));
  }

  private void refusedStart(LocalAws aws, String claim, String property, String words) {
    String said;
    try (ConfigurableApplicationContext context = start(aws, property)) {
      said = context.isActive() ? "it started" : "it closed";
    } catch (RuntimeException refusal) {
      Throwable cause = refusal;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      said = String.valueOf(cause.getMessage());
    }
    verdicts.add(claim, said.contains(words), said.replace("\n", " "));
  }
}
