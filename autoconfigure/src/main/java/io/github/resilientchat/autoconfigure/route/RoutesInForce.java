package io.github.resilientchat.autoconfigure.route;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Says once, when all is set up, what is in force over each route. */
final class RoutesInForce implements SmartInitializingSingleton {

  private static final Logger LOG = LoggerFactory.getLogger("io.github.resilientchat.routes");

  private final RoutePlans plans;

  RoutesInForce(RoutePlans plans) {
    this.plans = plans;
  }

  @Override
  public void afterSingletonsInstantiated() {
    plans.all().forEach(plan -> LOG.info("{}", plan.describe()));
  }
}
