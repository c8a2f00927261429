package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.core.quota.PlanQuotas;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Reads the properties of quotas again, as they are in the environment when it is asked. */
public final class RereadQuotas {

  private final Environment environment;
  private final BiFunction<QuotasProperties, @Nullable QuotaRoutes, QuotaReader> reading;

  RereadQuotas(
      Environment environment,
      BiFunction<QuotasProperties, @Nullable QuotaRoutes, QuotaReader> reading) {
    this.environment = environment;
    this.reading = reading;
  }

  /**
   * Adds what is wrong with them now, or likely not meant.
   *
   * @param routes the routes as they are to be, or null when they are not known
   */
  public void check(@Nullable QuotaRoutes routes, Problems problems) {
    QuotasProperties properties = properties();
    problems.collect(() -> reading.apply(properties, routes).read());
    if (routes != null) {
      new QuotaFit(properties, routes, problems).check();
    }
  }

  /**
   * The quotas that the properties describe now.
   *
   * @param routes the routes as they are to be, or null when they are not known
   * @throws io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException with every
   *     problem of them
   */
  public PlanQuotas.Builder read(@Nullable QuotaRoutes routes) {
    return reading.apply(properties(), routes).read();
  }

  private QuotasProperties properties() {
    return Binder.get(environment).bindOrCreate("resilient.quotas", QuotasProperties.class);
  }
}
