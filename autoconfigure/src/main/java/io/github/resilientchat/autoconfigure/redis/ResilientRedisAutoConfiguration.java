package io.github.resilientchat.autoconfigure.redis;

import io.github.resilientchat.autoconfigure.engine.EngineCustomizer;
import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.keys.ResilientKeysAutoConfiguration;
import io.github.resilientchat.autoconfigure.quota.ResilientQuotaAutoConfiguration;
import io.github.resilientchat.autoconfigure.quota.StoreOpener;
import io.github.resilientchat.core.fleet.Fleet;
import io.github.resilientchat.redis.RedisFleet;
import io.github.resilientchat.redis.RedisQuotaStore;
import io.lettuce.core.RedisClient;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Quotas that all instances share, and what one of them learns of targets, over the connection that
 * {@code spring.data.redis} describes: its cluster, sentinels, TLS and credentials are used. A bean
 * of type {@link StoreOpener} or {@link Fleet} replaces the one here.
 */
@AutoConfiguration(
    after = ResilientKeysAutoConfiguration.class,
    before = ResilientQuotaAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration",
      "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration"
    })
@ConditionalOnClass({RedisQuotaStore.class, RedisClient.class, LettuceConnectionFactory.class})
@ConditionalOnBean(LettuceConnectionFactory.class)
@ConditionalOnProperty(name = "resilient.store.type", havingValue = "redis")
public final class ResilientRedisAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  StoreOpener redisStoreOpener(LettuceConnectionFactory connections) {
    return (prefix, secret, zone) -> {
      RedisQuotaStore.Builder store =
          RedisQuotaStore.over(connections.getRequiredNativeClient()).prefix(prefix).zone(zone);
      return (secret == null ? store : store.hashKey(secret)).build();
    };
  }

  @Bean
  @ConditionalOnMissingBean
  Fleet redisFleet(
      CheckedConfiguration checked, LettuceConnectionFactory connections, Environment environment) {
    String prefix = environment.getProperty("resilient.store.key-prefix", "resilient");
    int instances = environment.getProperty("resilient.store.expected-instances", Integer.class, 2);
    return new RedisFleet(connections.getRequiredNativeClient(), prefix, instances);
  }

  @Bean
  EngineCustomizer fleetOfTheEngine(Fleet fleet) {
    return engine -> engine.fleet(fleet);
  }
}
