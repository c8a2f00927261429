package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.core.quota.PlanQuotas;
import java.util.Optional;
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
   * The quotas that the properties describe now; none when they cannot be read.
   *
   * @param routes the routes as they are to be, or null when they are not known
   * @param problems gets what is wrong with them, or likely not meant
   */
  public Optional<PlanQuotas.Builder> read(@Nullable QuotaRoutes routes, Problems problems) {
    QuotasProperties properties =
        Binder.get(environment).bindOrCreate("resilient.quotas", QuotasProperties.class);
    Optional<PlanQuotas.Builder> read =
        problems.collect(() -> reading.apply(properties, routes).read());
    read.ifPresent(quotas -> new PlanDoubts(properties, quotas, problems).check());
    if (routes != null) {
      new QuotaFit(properties, routes, problems).check();
    }
    return read;
  }
}
