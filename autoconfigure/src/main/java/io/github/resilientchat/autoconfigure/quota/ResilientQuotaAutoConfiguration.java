package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.keys.ResilientKeysAutoConfiguration;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.quota.CallerQuotas;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * What callers may use, one account over both frameworks. A bean of type {@link CallerQuotas}
 * replaces the one here.
 */
@AutoConfiguration(after = ResilientKeysAutoConfiguration.class)
@ConditionalOnBean(CheckedConfiguration.class)
@EnableConfigurationProperties({
  QuotasProperties.class,
  IdentityProperties.class,
  StoreProperties.class
})
public final class ResilientQuotaAutoConfiguration {

  @Bean
  ConfigurationCheck resilientQuotasCheck(
      QuotasProperties quotas, IdentityProperties identity, StoreProperties store) {
    return problems ->
        problems.collect(() -> QuotaReader.read(quotas, identity, store, Ticker.system()));
  }

  @Bean
  @ConditionalOnMissingBean
  CallerQuotas callerQuotas(
      CheckedConfiguration checked,
      QuotasProperties quotas,
      IdentityProperties identity,
      StoreProperties store,
      ObjectProvider<Ticker> ticker) {
    return QuotaReader.read(quotas, identity, store, ticker.getIfAvailable(Ticker::system));
  }
}
