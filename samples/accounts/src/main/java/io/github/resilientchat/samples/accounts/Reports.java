package io.github.resilientchat.samples.accounts;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Remembers what became of every call. */
@Component
class Reports implements RouteListener {

  private final List<CallReport> reports = new CopyOnWriteArrayList<>();

  @Override
  public void onCall(CallReport report) {
    reports.add(report);
  }

  int size() {
    return reports.size();
  }

  /** Of the calls that ended after so many others. */
  List<CallReport> since(int count) {
    // A view of the list itself would not bear the reports that come meanwhile.
    List<CallReport> all = List.copyOf(reports);
    return all.subList(count, all.size());
  }

  /** How many of them an account served. */
  static long servedBy(String account, List<CallReport> calls) {
    return calls.stream()
        .flatMap(call -> call.servedBy().stream())
        .filter(target -> target.account().equals(account))
        .count();
  }
}
