package io.github.resilientchat.autoconfigure.simulator;

import io.github.resilientchat.autoconfigure.route.RoutesNow;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.UsageBook;
import io.github.resilientchat.core.report.DecisionLog;
import io.github.resilientchat.simulator.BedrockSimulator;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/** Makes everything new before each method of an {@link AutoConfigureResilientSimulator} test. */
final class FreshSimulator implements TestExecutionListener, Ordered {

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
    context.getBeanProvider(PlanQuotas.class).forEach(PlanQuotas::startOver);
    context.getBeanProvider(RoutesNow.class).forEach(RoutesNow::startOver);
    context.getBeanProvider(Engine.class).forEach(Engine::startOver);
    context.getBeanProvider(DecisionLog.class).forEach(DecisionLog::clear);
    context.getBeanProvider(UsageBook.class).forEach(UsageBook::clear);
  }
}
