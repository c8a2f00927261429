package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Meters of the accounts of callers, for whatever registries the application has: they bind {@link
 * MeterBinder} beans themselves.
 */
@AutoConfiguration(after = ResilientQuotaAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(CheckedConfiguration.class)
public final class ResilientQuotaMetersAutoConfiguration {

  /** Among the listeners of quotas. */
  @Bean
  QuotaMeters resilientQuotaMeters() {
    return new QuotaMeters();
  }

  @Bean
  MeterBinder resilientAccountMeters(CallerQuotas quotas) {
    return registry -> {
      if (quotas instanceof PlanQuotas plans) {
        Gauge.builder(QuotaMeters.ACCOUNTS, plans, PlanQuotas::accounts)
            .description("Accounts of users and tenants that are kept")
            .register(registry);
      }
    };
  }
}
