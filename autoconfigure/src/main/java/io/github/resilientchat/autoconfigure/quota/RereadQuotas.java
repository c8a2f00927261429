package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.keys.RereadProperties;
import io.github.resilientchat.core.quota.PlanQuotas;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads the properties of quotas again, as they are in the environment when it is asked. */
public final class RereadQuotas {

  private final RereadProperties properties;
  private final BiFunction<QuotasProperties, @Nullable QuotaRoutes, QuotaReader> reading;

  RereadQuotas(
      RereadProperties properties,
      BiFunction<QuotasProperties, @Nullable QuotaRoutes, QuotaReader> reading) {
    this.properties = properties;
    this.reading = reading;
  }

  /**
   * The quotas that the properties describe now; none when they cannot be read.
   *
   * @param routes the routes as they are to be, or null when they are not known
   * @param problems gets what is wrong with them, or likely not meant
   */
  public Optional<PlanQuotas.Builder> read(@Nullable QuotaRoutes routes, Problems problems) {
    QuotasProperties read = properties.read("resilient.quotas", QuotasProperties.class, problems);
    Optional<PlanQuotas.Builder> quotas =
        problems.collect(() -> reading.apply(read, routes).read());
    quotas.ifPresent(built -> new PlanDoubts(read, built, problems).check());
    if (routes != null) {
      new QuotaFit(read, routes, problems).check();
    }
    return quotas;
  }
}
