package io.github.resilientchat.autoconfigure.simulator;

import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.report.DecisionLog;
import io.github.resilientchat.simulator.BedrockSimulator;
import java.time.Duration;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/** Makes everything new before each method of an {@link AutoConfigureResilientSimulator} test. */
final class FreshSimulator implements TestExecutionListener, Ordered {

  /** Longer than any window, rest or memory of the engine. */
  private static final Duration LONG = Duration.ofDays(32);

  @Override
  public int getOrder() {
    // Before a test's own methods, which run in Spring's listeners behind it and in the engine's.
    return Ordered.HIGHEST_PRECEDENCE + 100;
  }

  @Override
  public void beforeTestMethod(TestContext test) {
    if (!TestContextAnnotationUtils.hasAnnotation(
        test.getTestClass(), AutoConfigureResilientSimulator.class)) {
      return;
    }
    ApplicationContext context = test.getApplicationContext();
    context.getBeanProvider(BedrockSimulator.class).forEach(BedrockSimulator::startOver);
    context.getBeanProvider(SimulatedTime.class).forEach(time -> time.pass(LONG));
    context.getBeanProvider(DecisionLog.class).forEach(DecisionLog::clear);
    context.getBeanProvider(PlanQuotas.class).forEach(PlanQuotas::forgetSizes);
  }
}
