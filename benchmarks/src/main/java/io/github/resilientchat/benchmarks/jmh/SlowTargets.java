package io.github.resilientchat.benchmarks.jmh;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The engine alone over targets whose latencies are known and are a model's, so that one is better
 * than another: a call begins, and those end whose time has come, one as a rule. On a clock that
 * each call moves on by a millisecond; some hundred calls are under way.
 */
public class SlowTargets {

  private static final long MILLISECOND = 1_000_000;
  private static final int FASTEST_MILLIS = 300;
  private static final int SLOWEST_MILLIS = 800;

  /** Until all targets are known, and as many calls are under way as there will be. */
  private static final int FIRST_CALLS = 20_000;

  /** Adaptive, all targets limited, a quota for each user. */
  @State(Scope.Thread)
  public static class Limited {
    private final Course course = new Course(Workload.AMPLE);

    @Setup
    public void setUp() {
      course.begin();
    }
  }

  /** Neither limits nor quotas. */
  @State(Scope.Thread)
  public static class Open {
    private final Course course = new Course(Limits.NONE);

    @Setup
    public void setUp() {
      course.begin();
    }
  }

  @Benchmark
  public int limited(Limited engine, User user, Processor processor) {
    return engine.course.call(user.caller);
  }

  @Benchmark
  public int open(Open engine, User user, Processor processor) {
    return engine.course.call(user.caller);
  }

  /** Calls one after the other, and when each is to end. */
  private static final class Course {
    private final Router router;
    private final Map<Target, Integer> millis = new IdentityHashMap<>();

    /** By the millisecond that they end in; longer than the slowest takes. */
    private final List<List<Attempt>> endings =
        IntStream.rangeClosed(0, SLOWEST_MILLIS)
            .<List<Attempt>>mapToObj(millisecond -> new ArrayList<>(Workload.TARGETS))
            .toList();

    private long millisecond;

    Course(Limits limits) {
      Ticker ticker = () -> millisecond * MILLISECOND;
      Route route = Workload.route(Workload.TARGETS, limits);
      router =
          Engine.builder()
              .ticker(ticker)
              .quotas(Workload.quotas().limits(limits).ticker(ticker).build())
              .build()
              .router(route);
      int last = Workload.TARGETS - 1;
      for (int place = 0; place <= last; place++) {
        int more = (SLOWEST_MILLIS - FASTEST_MILLIS) * place / last;
        millis.put(route.targets().get(place), FASTEST_MILLIS + more);
      }
    }

    void begin() {
      for (int call = 0; call < FIRST_CALLS; call++) {
        call(Workload.caller(0));
      }
    }

    /** How many calls ended. */
    int call(Caller caller) {
      millisecond++;
      Attempt begun = (Attempt) router.begin(ModelCall.blocking(caller, Workload.ESTIMATE));
      endingsIn(Objects.requireNonNull(millis.get(begun.target()))).add(begun);
      List<Attempt> due = endingsIn(0);
      int ended = due.size();
      for (int each = 0; each < ended; each++) {
        due.get(each).completed(Workload.USED);
      }
      due.clear();
      return ended;
    }

    private List<Attempt> endingsIn(int later) {
      return endings.get((int) ((millisecond + later) % endings.size()));
    }
  }
}
