package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.OnStoreFailure;
import io.github.resilientchat.core.quota.SharedStore;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads where quotas are kept. */
final class StoreReader {

  private static final String STORE = "resilient.store.";
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final int SHORTEST_SECRET = 16;

  private static final Map<String, Limit.Measure> KINDS =
      Map.of(
          "requests", Limit.Measure.REQUESTS,
          "tokens", Limit.Measure.TOKENS,
          "par", Limit.Measure.CONCURRENCY,
          "money", Limit.Measure.MONEY);

  private final StoreProperties properties;
  private final @Nullable StoreOpener opener;

  /**
   * @param opener null when nothing on the class path opens a shared store
   */
  StoreReader(StoreProperties properties, @Nullable StoreOpener opener) {
    this.properties = properties;
    this.opener = opener;
  }

  private boolean isShared() {
    return properties.type() == StoreProperties.Type.REDIS;
  }

  void check(Problems problems) {
    if (properties.maxKeys() < 1) {
      problems.add(
          STORE + "max-keys",
          String.valueOf(properties.maxKeys()),
          "must be at least 1",
          "write how many users are kept in memory at most, such as 100000");
    }
    if (properties.expectedInstances() < 1) {
      problems.add(
          STORE + "expected-instances",
          String.valueOf(properties.expectedInstances()),
          "must be at least 1",
          "write how many instances of the application run at a time");
    }
    if (properties.timeout().isZero() || properties.timeout().isNegative()) {
      problems.add(
          STORE + "timeout",
          properties.timeout().toMillis() + "ms",
          "must be positive",
          "write how long a call may wait for Redis, such as 50ms");
    }
    if (!PREFIX.matcher(properties.keyPrefix()).matches()) {
      problems.add(
          STORE + "key-prefix",
          properties.keyPrefix(),
          "is no prefix of keys",
          "write up to 64 letters, digits, '.', '_', ':' or '-'");
    }
    if (properties.hashKey() != null && properties.hashKey().length() < SHORTEST_SECRET) {
      problems.add(
          STORE + "hash-key",
          null,
          "is shorter than " + SHORTEST_SECRET + " characters",
          "write a random secret, the same for all instances, or leave it out");
    }
    problems.collect(this::onFailure);
    if (isShared() && opener == null) {
      problems.add(
          STORE + "type",
          "redis",
          "needs Redis over Lettuce, which is not there",
          "add the dependencies io.github.resilientchat:resilient-redis-store and"
              + " org.springframework.boot:spring-boot-starter-data-redis and keep its"
              + " LettuceConnectionFactory, or set it to memory");
    }
  }

  private Map<Limit.Measure, OnStoreFailure> onFailure() {
    Map<Limit.Measure, OnStoreFailure> all = new EnumMap<>(Limit.Measure.class);
    Map<Limit.Measure, OnStoreFailure> some = new EnumMap<>(Limit.Measure.class);
    for (String word : properties.onFailure()) {
      int colon = word.indexOf(':');
      OnStoreFailure what = policy(word, word.substring(colon + 1).strip());
      if (colon < 0) {
        KINDS.values().forEach(kind -> all.put(kind, what));
      } else {
        some.put(kind(word, word.substring(0, colon).strip()), what);
      }
    }
    all.putAll(some);
    return all;
  }

  private static OnStoreFailure policy(String word, String name) {
    for (OnStoreFailure each : OnStoreFailure.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
        return each;
      }
    }
    throw noPolicy(word);
  }

  private static Limit.Measure kind(String word, String name) {
    Limit.@Nullable Measure kind = KINDS.get(name);
    if (kind == null) {
      throw noPolicy(word);
    }
    return kind;
  }

  private static InvalidConfigurationException noPolicy(String word) {
    return new InvalidConfigurationException(
        STORE + "on-failure",
        word,
        "says nothing about limits while Redis is away",
        "write local, open or closed, and what differs with requests:, tokens:, par: or money:"
            + " before it, such as 'local, money:closed'");
  }

  /** The store that instances share; empty for this process's memory. */
  Optional<SharedStore> open(ZoneId zone) {
    if (!isShared() || opener == null) {
      return Optional.empty();
    }
    return Optional.of(
        new SharedStore(
            opener.open(properties.keyPrefix(), properties.hashKey(), zone),
            onFailure(),
            properties.expectedInstances(),
            properties.timeout()));
  }
}
