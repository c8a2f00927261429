package io.github.resilientchat.benchmarks.jmh;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.Tariff;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Quotas alone: what three scopes cost a call, and what it costs to refuse one. */
public class QuotaCalls {

  private static CallerQuotas quotas(Limits ofEachUser) {
    return PlanQuotas.builder()
        .limits(ofEachUser)
        .tenantLimits(Workload.AMPLE)
        .applicationLimits(Workload.AMPLE)
        .build()
        .over(new Tariff("chat", null, List.of()));
  }

  /** A user, a tenant and the application, each with requests and tokens a minute. */
  @State(Scope.Benchmark)
  public static class Ample {
    private final CallerQuotas quotas = quotas(Workload.AMPLE);
  }

  /** The same, and the user has used up what there was. */
  @State(Scope.Benchmark)
  public static class UsedUp {
    private final CallerQuotas quotas = quotas(Limits.parse("1rpd"));

    @Setup
    public void setUp() {
      quotas.admit(ModelCall.blocking(Workload.caller(0), Workload.ESTIMATE));
      Admission second = quotas.admit(ModelCall.blocking(Workload.caller(0), Workload.ESTIMATE));
      if (!(second instanceof Admission.Refused)) {
        throw new IllegalStateException("a second call of the day was let in");
      }
    }
  }

  /** Decided, taken and settled. */
  @Benchmark
  public long threeScopes(Ample ample, User user, Processor processor) {
    Admission admission = ample.quotas.admit(ModelCall.blocking(user.caller, Workload.ESTIMATE));
    long used = Workload.USED.counted(1);
    ((Admission.Granted) admission).reservation().settle(used);
    return used;
  }

  /** The decision, of which no exception is made. */
  @Benchmark
  public Admission refused(UsedUp usedUp, User user, Processor processor) {
    return usedUp.quotas.admit(ModelCall.blocking(user.caller, Workload.ESTIMATE));
  }
}
