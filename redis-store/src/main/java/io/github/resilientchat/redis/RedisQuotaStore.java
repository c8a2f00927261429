package io.github.resilientchat.redis;

import io.github.resilientchat.core.quota.QuotaStore;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.RedisClusterClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of callers in Redis or Valkey: one script and one round trip for all limits of a call,
 * on Redis' clock. All keys of a call are on one node of a cluster, every key expires, and none
 * names a user. A call's place among the calls at a time is a lease, which a dead instance does not
 * renew.
 *
 * <p>Defaults of {@link #over}: the prefix {@code resilient}, a secret that the instances agree
 * upon in Redis, days in UTC, leases of 30 seconds. The client stays the application's.
 */
public final class RedisQuotaStore implements QuotaStore {

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final InstantSource WALL = InstantSource.system();
  private static final Script SCRIPT = Script.load("quota.lua");

  /** Lua's numbers are exact up to here. */
  private static final long LARGEST = 1L << 52;

  /** Longer than calls run; those that hold a lease say so again. */
  private static final Duration HELD = Duration.ofHours(1);

  private static final Duration ENDED = Duration.ofMinutes(10);
  private static final byte[] HELD_MILLIS = word(HELD);
  private static final byte[] ENDED_MILLIS = word(ENDED);
  private static final long[] NO_TICKET = {0, 0, 0, 0};

  private final Line line;
  private final CalendarTable calendar;
  private final Duration lease;
  private final String prefix;
  private final LongSupplier micros;

  private RedisQuotaStore(Builder builder) {
    prefix = builder.prefix;
    lease = builder.lease;
    micros = builder.micros;
    calendar = new CalendarTable(builder.zone, millis());
    line = new Line(builder.client, prefix, builder.secret);
    line.awaitOpen(builder.patience);
  }

  /**
   * A store over an application's client.
   *
   * @param client a {@link RedisClient} or a {@link RedisClusterClient} that knows where to connect
   */
  public static Builder over(AbstractRedisClient client) {
    return new Builder(client);
  }

  private long millis() {
    long set = micros.getAsLong();
    return set == 0 ? WALL.millis() : set / 1_000;
  }

  @Override
  public CompletionStage<Answer> take(Demand demand) {
    Numbers numbers =
        Numbers.take(micros.getAsLong(), demand)
            .add(lease.toMillis())
            .add(demand.tokens())
            .add(demand.money())
            .add(demand, calendar, millis());
    return run(demand, true, HELD_MILLIS, numbers)
        .thenApply(said -> new Reply(said, demand).answer(calendar));
  }

  @Override
  public CompletionStage<Ended> end(Demand demand, @Nullable Object ticket, Use use) {
    Numbers numbers =
        Numbers.end(micros.getAsLong(), demand)
            .add(lease.toMillis())
            .add(demand.tokens())
            .add(demand.money())
            .add(use.tokens())
            .add(use.money())
            .add(use.request() ? 1 : 0)
            .add(ticket == null ? NO_TICKET : (long[]) ticket)
            .add(demand, calendar, millis());
    return run(demand, true, ENDED_MILLIS, numbers)
        .thenApply(said -> new Reply(said, demand).ended());
  }

  @Override
  public CompletionStage<?> renew(List<Demand> running) {
    return CompletableFuture.allOf(
        running.stream()
            .map(
                demand ->
                    run(
                        demand,
                        false,
                        HELD_MILLIS,
                        Numbers.renew(micros.getAsLong()).add(lease.toMillis())))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }

  @Override
  public CompletionStage<?> probe() {
    byte[] key = (prefix + ":{all}:probe").getBytes(StandardCharsets.UTF_8);
    line.mayHaveForgotten();
    try {
      return SCRIPT.run(
          line.session().redis(),
          ScriptOutputType.VALUE,
          new byte[][] {key},
          Numbers.probe().packed());
    } catch (RuntimeException away) {
      return CompletableFuture.failedStage(away);
    }
  }

  /**
   * @param accounts whether the accounts are asked for, or leases alone
   * @param kept how many milliseconds the demand is remembered
   */
  private CompletionStage<byte[]> run(
      Demand demand, boolean accounts, byte[] kept, Numbers numbers) {
    try {
      Line.Session session = line.session();
      byte[][] keys = session.names().keys(demand, accounts);
      boolean leases = keys.length > 1 + (accounts ? demand.holders().size() : 0);
      byte[] packed = numbers.packed();
      return leases
          ? SCRIPT.run(session.redis(), ScriptOutputType.VALUE, keys, packed, kept, name(demand))
          : SCRIPT.run(session.redis(), ScriptOutputType.VALUE, keys, packed, kept);
    } catch (RuntimeException away) {
      return CompletableFuture.failedStage(away);
    }
  }

  private static byte[] word(Duration time) {
    return Long.toString(time.toMillis()).getBytes(StandardCharsets.US_ASCII);
  }

  /** As a member among the calls at a time. */
  private static byte[] name(Demand demand) {
    return demand.id().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Duration lease() {
    return lease;
  }

  @Override
  public Duration repeatable() {
    return ENDED.minusMinutes(1);
  }

  @Override
  public long largestLimit() {
    return LARGEST;
  }

  @Override
  public void close() {
    line.close();
  }

  /** Builds a store; see {@link RedisQuotaStore} for the defaults. */
  public static final class Builder {
    private final AbstractRedisClient client;
    private String prefix = "resilient";
    private byte @Nullable [] secret;
    private ZoneId zone = ZoneOffset.UTC;
    private Duration lease = Duration.ofSeconds(30);
    private Duration patience = Duration.ofSeconds(2);
    private LongSupplier micros = () -> 0;

    private Builder(AbstractRedisClient client) {
      if (!(client instanceof RedisClient || client instanceof RedisClusterClient)) {
        throw new IllegalArgumentException(
            "the store needs a RedisClient or a RedisClusterClient, not a "
                + client.getClass().getName());
      }
      this.client = client;
    }

    /** What all keys begin with: applications with other prefixes share nothing. */
    public Builder prefix(String value) {
      if (!PREFIX.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "'" + value + "' is no prefix of keys; write up to 64 letters, digits, . _ : or -");
      }
      prefix = value;
      return this;
    }

    /** The secret by which names of users are digested; the same in all instances. */
    public Builder hashKey(String value) {
      if (value.length() < 16) {
        throw new IllegalArgumentException("a secret has at least 16 characters");
      }
      secret = value.getBytes(StandardCharsets.UTF_8);
      return this;
    }

    /** Where days and months begin, as in the quotas. */
    public Builder zone(ZoneId value) {
      zone = value;
      return this;
    }

    /** How long a dead instance's calls count among the calls at a time. */
    public Builder lease(Duration value) {
      if (value.toMillis() < 300) {
        throw new IllegalArgumentException("a lease is at least 300 ms: " + value);
      }
      lease = value;
      return this;
    }

    /** How long to wait at most, when the store is built, for the first connection. */
    public Builder patience(Duration value) {
      patience = value;
      return this;
    }

    /** Another clock than Redis' own, in microseconds since 1970; 0 for Redis' own. */
    Builder micros(LongSupplier value) {
      micros = value;
      return this;
    }

    public RedisQuotaStore build() {
      return new RedisQuotaStore(this);
    }
  }
}
