package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.quota.QuotaRoutes;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Reads the properties of routes again, as they are in the environment when it is asked. */
public final class RereadRoutes {

  private final Environment environment;
  private final Function<RoutesProperties, ConfiguredRoutes> reading;
  private final Function<RoutesProperties, QuotaRoutes> limits;
  private final Function<RoutesProperties, RoutePlans> plans;
  private final BiConsumer<RoutesProperties, Problems> checking;

  RereadRoutes(
      Environment environment,
      Function<RoutesProperties, ConfiguredRoutes> reading,
      Function<RoutesProperties, QuotaRoutes> limits,
      Function<RoutesProperties, RoutePlans> plans,
      BiConsumer<RoutesProperties, Problems> checking) {
    this.environment = environment;
    this.reading = reading;
    this.limits = limits;
    this.plans = plans;
    this.checking = checking;
  }

  /** Adds what is wrong with them now, or likely not meant. */
  public void check(Problems problems) {
    checking.accept(properties(), problems);
  }

  /**
   * The routes that the properties describe now.
   *
   * @throws io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException with every
   *     problem of them
   */
  public ConfiguredRoutes read() {
    return reading.apply(properties());
  }

  /** What all calls over each route may use together. */
  public QuotaRoutes limits() {
    return limits.apply(properties());
  }

  /** What would be in force over each route. */
  public RoutePlans plans() {
    return plans.apply(properties());
  }

  private RoutesProperties properties() {
    return Binder.get(environment).bindOrCreate("resilient", RoutesProperties.class);
  }
}
