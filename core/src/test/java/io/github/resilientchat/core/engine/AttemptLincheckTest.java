package io.github.resilientchat.core.engine;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Whatever signals race for an attempt, they take effect one after the other and end it once. */
public class AttemptLincheckTest {

  private final AtomicInteger endings = new AtomicInteger();
  private final Attempt attempt =
      (Attempt)
          Engine.builder()
              .ticker(new VirtualClock())
              .classifier(Errors.CLASSIFIER)
              .listener(
                  new RouteListener() {
                    @Override
                    public void onCall(CallReport report) {
                      endings.incrementAndGet();
                    }
                  })
              .build()
              .router(
                  Route.named("chat")
                      .strategy(RoutingStrategy.ordered())
                      .tier(Target.named("a"))
                      .build())
              .begin(ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(1, 1)));

  @Operation
  public boolean accept() {
    return attempt.accept();
  }

  @Operation
  public boolean completed() {
    return attempt.completed(null);
  }

  @Operation
  public String failed() {
    return attempt.failed(Errors.of(FailureKind.REJECTED)).getClass().getSimpleName();
  }

  @Operation
  public void cancelled() {
    attempt.cancelled();
  }

  @Test
  void signalsAreLinearizable() {
    new StressOptions()
        .iterations(10)
        .invocationsPerIteration(200)
        .threads(3)
        .actorsPerThread(3)
        .check(AttemptLincheckTest.class);
  }
}
