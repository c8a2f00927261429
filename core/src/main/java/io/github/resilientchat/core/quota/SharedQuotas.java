package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.internal.ledger.Account;
import io.github.resilientchat.core.internal.ledger.Claim;
import io.github.resilientchat.core.internal.ledger.Moment;
import io.github.resilientchat.core.internal.ledger.Shortage;
import io.github.resilientchat.core.internal.ledger.Waiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Quotas whose accounts a store keeps for all instances. Asks it for each call, and decides by the
 * configured policy what becomes of a call that it does not answer. Lines are this instance's own.
 */
final class SharedQuotas implements AutoCloseable {

  /** About how long it takes until a store that is away is asked again. */
  private static final long AWAY_WAIT = Duration.ofSeconds(1).toNanos();

  private static final int MOST_NEWS = 10_000;

  private final SharedStore shared;
  private final QuotaBook book;
  private final StoreReach reach;
  private final Settlements settlements;
  private final Leases leases;
  private final LastSeen seen;
  private final DemandIds ids = new DemandIds();
  private final ConcurrentLinkedQueue<News> news = new ConcurrentLinkedQueue<>();
  private final AtomicInteger newsSize = new AtomicInteger();

  /** A call that asks. */
  record Asking(
      RouteQuotas quotas,
      ModelCall call,
      @Nullable Plan plan,
      ScopeLimits[] scopes,
      long tokens,
      long money,
      @Nullable Waiter waiter,
      Moment now) {

    Caller caller() {
      return call.caller();
    }
  }

  /** What a store said after a call was over, to be told on a thread that may. */
  private record News(SharedHold hold, List<QuotaStore.Reached> reached) {}

  SharedQuotas(SharedStore shared, QuotaBook book, QuotaSettings settings) {
    this.shared = shared;
    this.book = book;
    this.reach =
        new StoreReach(shared, settings.wake, settings.ticker, settings.clock, this::isBack);
    this.settlements =
        new Settlements(shared.store(), reach, settings.wake, () -> book.now().nanos());
    this.leases = new Leases(shared.store(), reach, settings.wake);
    this.seen = new LastSeen(settings.maxAccounts);
  }

  private void isBack() {
    leases.renew();
    settlements.sayMore();
  }

  Admission ask(Asking asking) {
    tellNews();
    @Nullable Shortage never = never(asking);
    if (never != null) {
      return asking.quotas().refused(asking.call(), asking.plan(), asking.scopes(), never, null);
    }
    @Nullable Shortage behind = asking.waiter() == null ? null : behind(asking, asking.waiter());
    if (behind != null) {
      return refused(asking, behind);
    }
    QuotaStore.Demand demand = demand(asking);
    if (reach.isAway()) {
      return alone(asking, demand, false);
    }
    CompletableFuture<QuotaStore.Answer> answer = reach.ask(() -> shared.store().take(demand));
    return new Admission.Asked(
        new StageQuestion<>(
            answer,
            said -> said(asking, demand, said),
            fault -> alone(asking, demand, true),
            said -> undo(demand, said)));
  }

  private QuotaStore.Demand demand(Asking asking) {
    List<QuotaStore.Holder> holders = new ArrayList<>(asking.scopes().length);
    for (ScopeLimits scope : asking.scopes()) {
      holders.add(book.holderIn(scope, asking.caller()));
    }
    return new QuotaStore.Demand(
        ids.next(), book.widest(), holders, asking.tokens(), asking.money());
  }

  /** What is more than a limit at all is nothing to ask about. */
  private static @Nullable Shortage never(Asking asking) {
    for (int scope = 0; scope < asking.scopes().length; scope++) {
      int limit = asking.scopes()[scope].tooSmall(asking.tokens(), asking.money());
      if (limit >= 0) {
        return Shortage.forEver(scope, limit);
      }
    }
    return null;
  }

  private Admission said(Asking asking, QuotaStore.Demand demand, QuotaStore.Answer answer) {
    if (answer instanceof QuotaStore.Full full) {
      seen.note(demand, full.used());
      Shortage shortage =
          new Shortage(full.holder(), full.limit(), full.retryAfter().toNanos(), true);
      return refused(asking, lineUp(asking, shortage));
    }
    QuotaStore.Taken taken = (QuotaStore.Taken) answer;
    seen.note(demand, taken.used());
    return granted(
        asking, new SharedHold(this, asking, demand, taken.ticket(), null), taken.reached());
  }

  private Admission granted(Asking asking, SharedHold hold, List<QuotaStore.Reached> reached) {
    if (asking.waiter() != null) {
      asking.waiter().leave();
    }
    leases.enter(hold.demand());
    asking
        .quotas()
        .took(asking.caller(), asking.plan(), asking.tokens(), asking.waiter(), asking.now());
    hold.tell(reached);
    return new Admission.Granted(hold);
  }

  private static Admission refused(Asking asking, Shortage shortage) {
    return asking
        .quotas()
        .refused(asking.call(), asking.plan(), asking.scopes(), shortage, asking.waiter());
  }

  /** Nobody heard that it was taken. */
  private void undo(QuotaStore.Demand demand, QuotaStore.Answer answer) {
    if (answer instanceof QuotaStore.Taken taken) {
      settlements.tell(
          demand, taken.ticket(), QuotaStore.Use.NOTHING, ended -> seen.note(demand, ended.used()));
    }
  }

  /**
   * Decides without the store.
   *
   * @param asked whether it may have taken all the same, which is settled when it is back
   */
  private Admission alone(Asking asking, QuotaStore.Demand demand, boolean asked) {
    @Nullable Shortage closed = closed(asking);
    if (closed != null) {
      return refusedAlone(asking, asked ? demand : null, closed);
    }
    while (true) {
      Claim claim = local(asking);
      @Nullable Shortage shortage = claim.take(asking.waiter());
      if (shortage == null) {
        return granted(asking, new SharedHold(this, asking, demand, null, claim), List.of());
      }
      if (!shortage.isGone()) {
        // What is more than this instance's share is not more than the limit.
        return refusedAlone(
            asking, asked ? demand : null, shortage.isForEver() ? soon(shortage) : shortage);
      }
    }
  }

  private Admission refusedAlone(
      Asking asking, QuotaStore.@Nullable Demand demand, Shortage shortage) {
    if (demand != null) {
      settlements.tell(
          demand, null, QuotaStore.Use.NOTHING, ended -> seen.note(demand, ended.used()));
    }
    return refused(asking, shortage);
  }

  private static Shortage soon(Shortage shortage) {
    return new Shortage(shortage.account(), shortage.meter(), AWAY_WAIT, false);
  }

  private @Nullable Shortage closed(Asking asking) {
    for (int scope = 0; scope < asking.scopes().length; scope++) {
      List<Limit> limits = asking.scopes()[scope].limits().all();
      for (int limit = 0; limit < limits.size(); limit++) {
        if (shared.onFailure(limits.get(limit)) == OnStoreFailure.CLOSED) {
          return new Shortage(scope, limit, AWAY_WAIT, false);
        }
      }
    }
    return null;
  }

  /** This instance's own accounts of the call. */
  private Claim local(Asking asking) {
    ScopeLimits[] shares = new ScopeLimits[asking.scopes().length];
    for (int scope = 0; scope < shares.length; scope++) {
      shares[scope] = book.shareOf(asking.scopes()[scope]);
    }
    Account[] accounts = book.accounts(shares, asking.caller(), asking.now(), false);
    return new Claim(accounts, asking.tokens(), asking.money(), asking.now());
  }

  private @Nullable Shortage behind(Asking asking, Waiter waiter) {
    @Nullable Shortage behind;
    do {
      behind = local(asking).behindOthers(waiter);
    } while (behind != null && behind.isGone());
    return behind;
  }

  private Shortage lineUp(Asking asking, Shortage shortage) {
    if (asking.waiter() == null) {
      return shortage;
    }
    Shortage inLine;
    do {
      inLine = local(asking).lineUp(asking.waiter(), shortage);
    } while (inLine.isGone());
    return inLine;
  }

  /** A call is over. */
  void ended(SharedHold hold, QuotaStore.Use use) {
    leases.leave(hold.demand());
    settlements.tell(hold.demand(), hold.ticket(), use, ended -> heard(hold, ended));
    tellNews();
  }

  private void heard(SharedHold hold, QuotaStore.Ended ended) {
    seen.note(hold.demand(), ended.used());
    if (!ended.reached().isEmpty() && newsSize.get() < MOST_NEWS) {
      newsSize.incrementAndGet();
      news.add(new News(hold, ended.reached()));
    }
  }

  /** Listeners are not told on the store's threads, but on the next call's. */
  private void tellNews() {
    for (@Nullable News next = news.poll(); next != null; next = news.poll()) {
      newsSize.decrementAndGet();
      next.hold().tell(next.reached());
    }
  }

  /** What counted against a limit of this caller when the store was asked last. */
  long used(ScopeLimits scope, Caller caller, int limit) {
    return seen.used(book.holderIn(scope, caller), limit);
  }

  StoreState state() {
    return reach.state(settlements.untold(), settlements.lost());
  }

  @Override
  public void close() {
    if (!reach.isAway()) {
      // What was said before this is heard before it is answered.
      reach
          .tell(() -> shared.store().probe().thenApply(answer -> true))
          .handle((answer, fault) -> true)
          .join();
    }
    reach.close();
    shared.store().close();
  }
}
