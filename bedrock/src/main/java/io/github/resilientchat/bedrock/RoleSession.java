package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.adapter.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The credentials of a role, renewed on a thread of their own before they expire: five minutes
 * ahead, or half their time if that is less. A call waits only where there are none that hold: for
 * the first, and for the next after the service refused these. While renewing fails, the last ones
 * serve until they expire.
 *
 * <p>One renewal runs at a time. Asks of nobody before the first call.
 */
final class RoleSession implements Refusable, SdkAutoCloseable {

  /** Keys of a session, and how long they hold. */
  record Given(AwsCredentials credentials, Instant from, Instant until) {

    /** When renewing begins. */
    Instant due() {
      Duration half = Duration.between(from, until).dividedBy(2);
      return until.minus(half.compareTo(AHEAD) < 0 ? half : AHEAD);
    }

    /** Whether a request that is signed now still holds when it arrives. */
    boolean holdsAt(Instant now) {
      Duration margin = Duration.between(from, until).dividedBy(20);
      return now.isBefore(until.minus(margin.compareTo(MARGIN) < 0 ? margin : MARGIN));
    }

    @Override
    public String toString() {
      return "session until " + until;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(RoleSession.class);

  /** Known to {@link ClientErrors}: nothing that is closed here is Bedrock's fault. */
  static final String CLOSED = "this account is closed";

  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Duration MARGIN = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final Duration SOONEST = Duration.ofMillis(250);
  private static final Duration LATEST = Duration.ofSeconds(30);

  private final String name;
  private final String accountId;
  private final Supplier<Given> issue;
  private final Executor threads;
  private final ScheduledExecutorService timer;
  private final InstantSource clock;

  private @Nullable Given current;
  private boolean taken = true;
  private int generation;
  private int failures;
  private @Nullable Instant asked;
  private @Nullable CompletableFuture<Given> underWay;
  private @Nullable ScheduledFuture<?> alarm;
  private boolean closed;

  /**
   * @param name of the account, for the log
   * @param accountId digits of the account that the role belongs to
   * @param issue asks for a session, and may take its time
   */
  RoleSession(
      String name,
      String accountId,
      Supplier<Given> issue,
      Executor threads,
      ScheduledExecutorService timer,
      InstantSource clock) {
    this.name = name;
    this.accountId = accountId;
    this.issue = issue;
    this.threads = threads;
    this.timer = timer;
    this.clock = clock;
  }

  String accountId() {
    return accountId;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    CompletableFuture<Given> next;
    synchronized (this) {
      if (current != null && taken && current.holdsAt(clock.instant())) {
        return current.credentials();
      }
      next = underWay;
    }
    return await(next == null ? renew() : next).credentials();
  }

  @Override
  public synchronized int generation() {
    return generation;
  }

  @Override
  public void refused(int refusedGeneration) {
    synchronized (this) {
      if (refusedGeneration != generation) {
        return;
      }
      taken = false;
    }
    renew();
  }

  /** A role's sessions can be revoked while it is lent again; a new one then does. */
  @Override
  public void denied(int deniedGeneration) {
    synchronized (this) {
      boolean justAsked =
          asked != null && clock.instant().isBefore(asked.plus(Duration.ofSeconds(1)));
      if (deniedGeneration != generation || justAsked) {
        return;
      }
    }
    renew();
  }

  /** Begins a renewal unless one is under way. */
  private CompletableFuture<Given> renew() {
    CompletableFuture<Given> next = new CompletableFuture<>();
    synchronized (this) {
      if (underWay != null) {
        return underWay;
      }
      if (closed) {
        next.completeExceptionally(closedError());
        return next;
      }
      underWay = next;
      asked = clock.instant();
    }
    try {
      threads.execute(() -> ask(next));
    } catch (RuntimeException | Error rejected) {
      failed(next, rejected);
    }
    return next;
  }

  private void ask(CompletableFuture<Given> next) {
    Given given;
    try {
      given = issue.get();
    } catch (RuntimeException | Error e) {
      failed(next, e);
      return;
    }
    int failed = install(given);
    next.complete(given);
    if (failed > 0) {
      LOG.info("account {}: has a session again, until {}", name, given.until());
    }
  }

  private synchronized int install(Given given) {
    int failed = failures;
    current = given;
    taken = true;
    generation++;
    failures = 0;
    underWay = null;
    alarmAt(given.due());
    return failed;
  }

  private void failed(CompletableFuture<Given> next, Throwable error) {
    @Nullable Given last;
    boolean first;
    synchronized (this) {
      underWay = null;
      first = failures++ == 0;
      last = current;
      if (last != null) {
        alarmAt(clock.instant().plus(pause(last)));
      }
    }
    next.completeExceptionally(error);
    if (first) {
      LOG.warn(
          "account {}: no new session ({}): {}",
          name,
          last == null ? "there was none before" : "the last is good until " + last.until(),
          error.toString());
    }
  }

  /** Grows, and is short where little is left. */
  private Duration pause(Given last) {
    Duration grown = Duration.ofSeconds(1L << Math.min(failures - 1, 5));
    Duration left = Duration.between(clock.instant(), last.until()).dividedBy(4);
    Duration bounded = grown.compareTo(LATEST) < 0 ? grown : LATEST;
    Duration shorter = left.isNegative() || left.compareTo(bounded) > 0 ? bounded : left;
    return shorter.compareTo(SOONEST) < 0 ? SOONEST : shorter;
  }

  private synchronized void alarmAt(Instant when) {
    if (alarm != null) {
      alarm.cancel(false);
    }
    if (!closed) {
      long millis = Math.max(0, Duration.between(clock.instant(), when).toMillis());
      alarm = timer.schedule(this::renew, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** On the calling thread, which may be interrupted and whose attempt has a time limit. */
  private static Given await(CompletableFuture<Given> next) {
    Duration limit =
        Exchange.current()
            .map(Exchange::timeLimit)
            .filter(mine -> mine.compareTo(PATIENCE) < 0)
            .orElse(PATIENCE);
    try {
      return next.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted while waiting for a session", e);
    } catch (TimeoutException e) {
      throw SdkClientException.create("no session within " + limit.toMillis() + " ms");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      // A new one, because many calls may have waited for this one.
      throw SdkClientException.create(
          cause == null ? "no session" : String.valueOf(cause.getMessage()), cause);
    }
  }

  private static IllegalStateException closedError() {
    return new IllegalStateException(CLOSED);
  }

  /** Whoever waits for a session waits no longer: the threads that ask may be ended next. */
  @Override
  public void close() {
    @Nullable CompletableFuture<Given> awaited;
    synchronized (this) {
      closed = true;
      awaited = underWay;
      if (alarm != null) {
        alarm.cancel(false);
      }
    }
    if (awaited != null) {
      awaited.completeExceptionally(closedError());
    }
  }
}
