package io.github.resilientchat.autoconfigure.health;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.RouteListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the last attempts in each account showed of its credentials. Asks nobody: an account that
 * was not called is one of which nothing is known. Knows as many accounts as are configured.
 */
final class CredentialsWatch implements RouteListener {

  private enum Word {
    TAKEN,
    REFUSED
  }

  /** The last word on an account's credentials. */
  private record Last(Word word, String code) {}

  private static final Last TAKEN = new Last(Word.TAKEN, "");

  private final Map<String, Last> byAccount = new ConcurrentHashMap<>();

  @Override
  public void onAttempt(String route, AttemptReport attempt) {
    String account = attempt.target().account();
    @Nullable Failure failure = attempt.failure();
    if (failure == null) {
      if (byAccount.get(account) != TAKEN) {
        byAccount.put(account, TAKEN);
      }
    } else if (failure.kind() == FailureKind.UNAUTHENTICATED) {
      byAccount.put(account, new Last(Word.REFUSED, failure.code()));
    }
  }

  HealthReport of(String account, Set<String> regions) {
    @Nullable Last last = byAccount.get(account);
    if (last == null) {
      return new HealthReport(
          HealthReport.Status.UNKNOWN, Map.of("credentials", "not used yet", "regions", regions));
    }
    return last.word() == Word.TAKEN
        ? new HealthReport(
            HealthReport.Status.UP, Map.of("credentials", "taken", "regions", regions))
        : new HealthReport(
            HealthReport.Status.DEGRADED,
            Map.of("credentials", "refused", "code", last.code(), "regions", regions));
  }
}
