package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.keys.RereadProperties;
import io.github.resilientchat.autoconfigure.keys.ResilientKeysAutoConfiguration;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.quota.AnonymousCallers;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.QuotaListener;
import io.github.resilientchat.core.quota.UsageBook;
import io.github.resilientchat.core.quota.UsageReader;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * What callers may use, one account over both frameworks. A bean of type {@link CallerQuotas}
 * replaces the one here; a {@link UsageReader} the book that counts days. {@link QuotaListener}s
 * are told of limits that are reached and of what each call used.
 */
@AutoConfiguration(after = ResilientKeysAutoConfiguration.class)
@ConditionalOnBean(CheckedConfiguration.class)
@EnableConfigurationProperties({
  QuotasProperties.class,
  IdentityProperties.class,
  StoreProperties.class
})
public final class ResilientQuotaAutoConfiguration {

  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.resilientchat.configuration");

  private static final int DAYS_KEPT = 8;
  private static final int ROWS_KEPT = 10_000;

  @Bean
  ConfigurationCheck resilientQuotasCheck(
      QuotasProperties quotas,
      IdentityProperties identity,
      StoreProperties store,
      ObjectProvider<StoreOpener> opener,
      ObjectProvider<QuotaRoutes> routes) {
    return problems -> {
      problems
          .collect(
              () ->
                  new QuotaReader(
                          quotas, identity, store, opener.getIfAvailable(), routes.getIfAvailable())
                      .read())
          .ifPresent(read -> new PlanDoubts(quotas, read, problems).check());
      routes.ifAvailable(known -> new QuotaFit(quotas, known, problems).check());
    };
  }

  @Bean
  OtherModels otherModels(QuotasProperties quotas, CallerQuotas callers) {
    boolean limited =
        callers instanceof PlanQuotas plans
            ? plans.areLimiting()
            : callers != CallerQuotas.unlimited();
    return new OtherModels(limited, quotas.otherModels() == QuotasProperties.Others.ALLOW);
  }

  @Bean
  RereadQuotas resilientRereadQuotas(
      RereadProperties again,
      IdentityProperties identity,
      StoreProperties store,
      ObjectProvider<StoreOpener> opener) {
    return new RereadQuotas(
        again,
        (quotas, routes) ->
            new QuotaReader(quotas, identity, store, opener.getIfAvailable(), routes));
  }

  /** What callers used, day by day; among the listeners of quotas. */
  @Bean
  @ConditionalOnMissingBean
  UsageReader usageReader(CheckedConfiguration checked) {
    return new UsageBook(DAYS_KEPT, ROWS_KEPT);
  }

  @Bean
  @ConditionalOnMissingBean
  CallerQuotas callerQuotas(
      CheckedConfiguration checked,
      QuotasProperties quotas,
      IdentityProperties identity,
      StoreProperties store,
      ObjectProvider<StoreOpener> opener,
      ObjectProvider<QuotaRoutes> routes,
      ObjectProvider<QuotaListener> listeners,
      ObjectProvider<UsageReader> usage,
      ObjectProvider<Ticker> ticker) {
    QuotaReader reader =
        new QuotaReader(quotas, identity, store, opener.getIfAvailable(), routes.getIfAvailable());
    List<QuotaListener> told = listeners.orderedStream().toList();
    if (!reader.isSet() && told.stream().allMatch(ResilientQuotaAutoConfiguration::isOurs)) {
      return CallerQuotas.unlimited();
    }
    Ticker time = ticker.getIfAvailable(Ticker::system);
    PlanQuotas.Builder builder = reader.open().ticker(time);
    if (time instanceof InstantSource calendar) {
      builder.clock(calendar);
    }
    if (!reader.isSet()) {
      builder.anonymous(AnonymousCallers.SHARED);
    }
    told.forEach(builder::listener);
    usage
        .orderedStream()
        .filter(each -> each instanceof QuotaListener && !told.contains(each))
        .forEach(each -> builder.listener((QuotaListener) each));
    return builder.build();
  }

  /** Not lazy even where all beans are: the start says what is not read. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBean(CallerQuotas.class)
  @Lazy(false)
  static class OfTheApplication {

    OfTheApplication(QuotasProperties quotas, ObjectProvider<QuotaRoutes> routes) {
      @Nullable QuotaRoutes known = routes.getIfAvailable();
      if (!quotas.isEmpty() || known != null && known.areLimited()) {
        LOG.warn(
            "resilient.quotas and limits of routes are not read, because a bean of type"
                + " CallerQuotas replaces them; take out the properties, or the bean");
      }
    }
  }

  private static boolean isOurs(QuotaListener listener) {
    return listener instanceof UsageBook || listener instanceof BuiltInListener;
  }
}
