package io.github.resilientchat.benchmarks.jmh;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.quota.Limits;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The engine alone: a call begins, and its first target answers. */
public class EngineCalls {

  /** Adaptive, all targets limited, a quota for each user. */
  @State(Scope.Benchmark)
  public static class Limited {

    @Param({"8", "1000"})
    public int targets = Workload.TARGETS;

    @SuppressWarnings("NullAway.Init")
    private Router router;

    @Setup
    public void setUp() {
      router = Workload.engine(Workload.AMPLE).router(Workload.route(targets, Workload.AMPLE));
    }

    boolean answered(Caller caller) {
      return EngineCalls.answered(router, caller);
    }
  }

  /** Neither limits nor quotas nor breakers. */
  @State(Scope.Benchmark)
  public static class Open {

    private final Router router =
        Workload.engineWithoutBreakers().router(Workload.route(Workload.TARGETS, Limits.NONE));
  }

  /** An engine for each thread. */
  @State(Scope.Thread)
  public static class Own {

    private final Router router =
        Workload.engine(Workload.AMPLE).router(Workload.route(Workload.TARGETS, Workload.AMPLE));
  }

  /** Whose user has used up what there was. */
  @State(Scope.Benchmark)
  public static class UsedUp {

    private final Router router =
        Workload.engine(Limits.parse("1rpd"))
            .router(Workload.route(Workload.TARGETS, Workload.AMPLE));

    @Setup
    public void setUp() {
      EngineCalls.answered(router, Workload.caller(0));
      if (!(refuse() instanceof GiveUp)) {
        throw new IllegalStateException("a second call of the day was let in");
      }
    }

    Step refuse() {
      return router.begin(ModelCall.blocking(Workload.caller(0), Workload.ESTIMATE));
    }
  }

  @Benchmark
  public boolean limited(Limited engine, User user, Processor processor) {
    return engine.answered(user.caller);
  }

  @Benchmark
  public boolean open(Open engine, User user, Processor processor) {
    return answered(engine.router, user.caller);
  }

  @Benchmark
  public boolean own(Own engine, User user, Processor processor) {
    return answered(engine.router, user.caller);
  }

  /** The decision, which nobody reads: neither its reason nor its report is asked for. */
  @Benchmark
  public Step refused(UsedUp engine, User user, Processor processor) {
    return engine.router.begin(ModelCall.blocking(user.caller, Workload.ESTIMATE));
  }

  static boolean answered(Router router, Caller caller) {
    Step step = router.begin(ModelCall.blocking(caller, Workload.ESTIMATE));
    return ((Attempt) step).completed(Workload.USED);
  }
}
