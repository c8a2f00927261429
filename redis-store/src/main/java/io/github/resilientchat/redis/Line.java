package io.github.resilientchat.redis;

import io.github.resilientchat.core.Ticker;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The store's own connection over an application's client, and the secret that names keys. Opened
 * on a thread of its own, as often as it takes, so that nobody waits; kept open by the client.
 */
final class Line implements AutoCloseable {

  /** Longer than any window; said again by every instance that works. */
  private static final Duration SECRET_KEPT = Duration.ofDays(70);

  private static final Ticker TICKER = Ticker.system();
  private static final int SECRET_BYTES = 32;
  private static final long LOOK = Duration.ofSeconds(5).toNanos();

  private final AbstractRedisClient client;
  private final byte[] secretKey;
  private final byte @Nullable [] given;
  private final String prefix;
  private final AtomicBoolean opening = new AtomicBoolean();
  private final AtomicLong lookAt = new AtomicLong();
  private final CompletableFuture<Boolean> first = new CompletableFuture<>();
  private volatile @Nullable Session session;
  private volatile boolean closed;

  /** What a question needs. */
  record Session(
      StatefulConnection<byte[], byte[]> connection,
      RedisClusterAsyncCommands<byte[], byte[]> redis,
      KeyNames names) {}

  /**
   * @param given the secret; null for one that the instances agree upon
   */
  Line(AbstractRedisClient client, String prefix, byte @Nullable [] given) {
    this.client = client;
    this.prefix = prefix;
    this.given = given;
    this.secretKey = (prefix + ":hash-key").getBytes(StandardCharsets.UTF_8);
    open();
  }

  /** Waits for the first time that it is open. */
  boolean awaitOpen(Duration atMost) {
    try {
      return first.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception notYet) {
      return false;
    }
  }

  /**
   * What is needed to ask.
   *
   * @throws RedisConnectionException at once, while it is not open
   */
  Session session() {
    Session known = session;
    if (known == null) {
      open();
      throw new RedisConnectionException("not connected yet");
    }
    // What is said to a client that is not connected waits there, and would be heard much later.
    boolean single = known.connection() instanceof StatefulRedisConnection;
    if (single && !known.connection().isOpen()) {
      throw new RedisConnectionException("not connected");
    }
    lookAfterSecret(known);
    return known;
  }

  private void open() {
    if (!closed && session == null && !opening.getAndSet(true)) {
      Thread thread = new Thread(this::connect, "resilient-chat-redis");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void connect() {
    try {
      StatefulConnection<byte[], byte[]> connection = connection();
      try {
        RedisClusterAsyncCommands<byte[], byte[]> redis = commands(connection);
        session = new Session(connection, redis, new KeyNames(prefix, secret(redis)));
        first.complete(true);
      } finally {
        if (session == null || closed) {
          connection.closeAsync();
        }
      }
    } catch (Exception away) {
      // Whoever asks next tries again, and says so.
    } finally {
      opening.set(false);
    }
  }

  private StatefulConnection<byte[], byte[]> connection() {
    return client instanceof RedisClusterClient cluster
        ? cluster.connect(ByteArrayCodec.INSTANCE)
        : ((RedisClient) client).connect(ByteArrayCodec.INSTANCE);
  }

  private static RedisClusterAsyncCommands<byte[], byte[]> commands(
      StatefulConnection<byte[], byte[]> connection) {
    return connection instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster
        ? cluster.async()
        : ((StatefulRedisConnection<byte[], byte[]>) connection).async();
  }

  private byte[] secret(RedisClusterAsyncCommands<byte[], byte[]> redis) throws Exception {
    if (given != null) {
      return given;
    }
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    return agree(redis, random).get(5, TimeUnit.SECONDS);
  }

  /** The first one's secret is everybody's. */
  private CompletableFuture<byte[]> agree(
      RedisClusterAsyncCommands<byte[], byte[]> redis, byte[] mine) {
    redis.set(secretKey, mine, SetArgs.Builder.nx().px(SECRET_KEPT.toMillis()));
    redis.pexpire(secretKey, SECRET_KEPT.toMillis());
    return redis.get(secretKey).toCompletableFuture();
  }

  /** Redis may have begun anew: its secret is looked after with the next question. */
  void mayHaveForgotten() {
    lookAt.set(0);
  }

  /** A Redis that has lost all it knew gets its secret back, before somebody makes up another. */
  private void lookAfterSecret(Session known) {
    long now = TICKER.nanos();
    long last = lookAt.get();
    if (given == null && (last == 0 || now - last > LOOK) && lookAt.compareAndSet(last, now)) {
      agree(known.redis(), known.names().secret())
          .thenAccept(
              agreed -> {
                if (agreed != null && !known.names().isOf(agreed)) {
                  session =
                      new Session(known.connection(), known.redis(), new KeyNames(prefix, agreed));
                }
              });
    }
  }

  @Override
  public void close() {
    closed = true;
    Session known = session;
    if (known != null && known.connection().isOpen()) {
      known.connection().closeAsync();
    }
  }
}
