package io.github.resilientchat.console;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.observation.CallerIds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What calls do, as the page shows it: attempts at each target of each route, the last decisions,
 * and who calls most. Counts callers only while somebody looks. Thread-safe; holds a bounded
 * amount, and nobody's words.
 */
class Traffic implements RouteListener {

  private static final int MOST_DECISIONS = 100;
  private static final int MOST_CALLERS = 1_000;
  private static final int TOP = 10;

  /** Of an id: enough to tell a thousand apart. */
  private static final int DIGITS = 8;

  /** Attempts at a target of a route since the start. */
  record Count(LongAdder attempts, LongAdder failures) {
    Count() {
      this(new LongAdder(), new LongAdder());
    }
  }

  private record Place(String route, String target) {}

  /** A call that is over, and its number. */
  record Decision(long number, CallReport report) {}

  /** Somebody and how many calls. */
  record Top(String id, long calls) {}

  /** Under a key that nobody has, and that is another one after each start. */
  private final CallerIds ids = CallerIds.random();

  private final Map<Place, Count> places = new ConcurrentHashMap<>();
  private final Deque<Decision> decisions = new ArrayDeque<>();
  private final Map<String, LongAdder> callers = new ConcurrentHashMap<>();
  private volatile boolean watched;
  private long numbered;

  private String shown(Caller caller) {
    String id = ids.of(caller);
    return caller.isAnonymous() ? id : id.substring(0, DIGITS);
  }

  @Override
  public void onAttempt(String route, AttemptReport attempt) {
    Count count =
        places.computeIfAbsent(new Place(route, attempt.target().name()), unknown -> new Count());
    count.attempts().increment();
    if (!attempt.answered()) {
      count.failures().increment();
    }
  }

  @Override
  public void onCall(CallReport report) {
    synchronized (decisions) {
      decisions.addLast(new Decision(++numbered, report));
      if (decisions.size() > MOST_DECISIONS) {
        decisions.removeFirst();
      }
    }
    if (watched) {
      String id = shown(report.caller());
      boolean room = callers.size() < MOST_CALLERS || callers.containsKey(id);
      callers.computeIfAbsent(room ? id : "others", unknown -> new LongAdder()).increment();
    }
  }

  /** Whether somebody looks; who called before nobody did is forgotten. */
  void watched(boolean now) {
    watched = now;
    if (!now) {
      callers.clear();
    }
  }

  Count at(String route, String target) {
    return places.getOrDefault(new Place(route, target), new Count());
  }

  /** Decisions that came after this number, the oldest first. */
  List<Decision> after(long number) {
    synchronized (decisions) {
      return decisions.stream().filter(decision -> decision.number() > number).toList();
    }
  }

  /** The number of the last decision; 0 before any. */
  long last() {
    synchronized (decisions) {
      return numbered;
    }
  }

  List<Top> top() {
    List<Top> all = new ArrayList<>();
    callers.forEach((id, calls) -> all.add(new Top(id, calls.sum())));
    return all.stream().sorted(Comparator.comparingLong(Top::calls).reversed()).limit(TOP).toList();
  }
}
