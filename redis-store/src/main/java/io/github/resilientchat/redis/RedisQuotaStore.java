package io.github.resilientchat.redis;

import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.QuotaStore;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
    return run(
            demand,
            true,
            Words.take(micros.getAsLong())
                .add(lease.toMillis())
                .add(HELD.toMillis())
                .add(calendar.words(millis()))
                .add(demand))
        .thenApply(numbers -> new Reply(numbers).toDemand(demand, calendar));
  }

  @Override
  public CompletionStage<Ended> end(Demand demand, @Nullable Object ticket, Use use) {
    Words words =
        Words.end(micros.getAsLong())
            .add(lease.toMillis())
            .add(ENDED.toMillis())
            .add(calendar.words(millis()))
            .add(demand)
            .add(use.tokens())
            .add(use.money())
            .add(use.request() ? 1 : 0);
    for (long number : ticket == null ? NO_TICKET : (long[]) ticket) {
      words.add(number);
    }
    return run(demand, true, words).thenApply(numbers -> new Reply(numbers).toEnd());
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
                        Words.renew(micros.getAsLong())
                            .add(lease.toMillis())
                            .add(HELD.toMillis())
                            .add(demand.id())))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }

  @Override
  public CompletionStage<?> probe() {
    try {
      Line.Session session = line.session();
      byte[] key = (prefix + ":{all}:probe").getBytes(StandardCharsets.UTF_8);
      return SCRIPT.run(session.redis(), List.of(key), Words.probe().list());
    } catch (RuntimeException away) {
      return CompletableFuture.failedStage(away);
    }
  }

  /**
   * @param accounts whether the accounts are asked for, or leases alone
   */
  private CompletionStage<List<Object>> run(Demand demand, boolean accounts, Words words) {
    try {
      Line.Session session = line.session();
      return SCRIPT.run(session.redis(), keys(session.names(), demand, accounts), words.list());
    } catch (RuntimeException away) {
      return CompletableFuture.failedStage(away);
    }
  }

  private static List<byte[]> keys(KeyNames names, Demand demand, boolean accounts) {
    List<byte[]> keys = new ArrayList<>(2 * demand.holders().size() + 1);
    String home = names.home(demand);
    keys.add(names.key(home, "c:", demand.id()));
    for (Holder holder : demand.holders()) {
      boolean leases = holder.limits().of(Limit.Unit.PAR) != null;
      if (accounts || leases) {
        String account = names.account(holder);
        if (accounts) {
          keys.add(names.key(home, "a:", account));
        }
        if (leases) {
          keys.add(names.key(home, "l:", account));
        }
      }
    }
    return keys;
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
