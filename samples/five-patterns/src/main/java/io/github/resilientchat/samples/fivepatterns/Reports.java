package io.github.resilientchat.samples.fivepatterns;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Remembers what became of every call: a listener bean hears of both frameworks' calls. */
@Component
class Reports implements RouteListener {

  private final List<CallReport> reports = new CopyOnWriteArrayList<>();

  @Override
  public void onCall(CallReport report) {
    reports.add(report);
  }

  /** The report of the only call made for this user. */
  CallReport of(String user) {
    List<CallReport> found =
        reports.stream().filter(report -> user.equals(report.caller().user())).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(found.size() + " reports for " + user);
    }
    return found.get(0);
  }
}
