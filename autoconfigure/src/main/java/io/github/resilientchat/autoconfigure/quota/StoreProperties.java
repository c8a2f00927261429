package io.github.resilientchat.autoconfigure.quota;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where quotas are kept.
 *
 * @param type This process's memory, or the application's Redis, which all instances share.
 * @param maxKeys Most users whose accounts this process keeps at a time.
 * @param keyPrefix What all keys in Redis begin with; applications with other ones share nothing.
 * @param hashKey Secret by which names of users are digested in Redis, the same in all instances;
 *     they agree upon one there when not set.
 * @param onFailure What limits do while Redis is away, local, open or closed; for some of them with
 *     requests, tokens, par or money and a colon before it; local when not set.
 * @param expectedInstances Among how many instances a limit is shared while Redis is away.
 * @param timeout How long a call waits for Redis at most.
 */
@ConfigurationProperties("resilient.store")
record StoreProperties(
    @DefaultValue("memory") Type type,
    @DefaultValue("100000") long maxKeys,
    @DefaultValue("resilient") String keyPrefix,
    @Nullable String hashKey,
    @DefaultValue("local") List<String> onFailure,
    @DefaultValue("2") int expectedInstances,
    @DefaultValue("50ms") Duration timeout) {

  /** Where. */
  enum Type {
    MEMORY,
    REDIS
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "StoreProperties[" + type + ", keyPrefix=" + keyPrefix + "]";
  }
}
