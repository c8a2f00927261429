package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.internal.ledger.Claim;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a call holds in a store that instances share, or in this instance's memory while that is
 * away. The first ending counts, every later one does nothing.
 */
final class SharedHold implements Reservation {

  private final SharedQuotas owner;
  private final SharedQuotas.Asking asked;
  private final QuotaStore.Demand demand;
  private final @Nullable Object ticket;
  private final @Nullable Claim local;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * @param ticket the store's, or null if it did not answer
   * @param local what was taken here instead
   */
  SharedHold(
      SharedQuotas owner,
      SharedQuotas.Asking asked,
      QuotaStore.Demand demand,
      @Nullable Object ticket,
      @Nullable Claim local) {
    this.owner = owner;
    this.asked = asked;
    this.demand = demand;
    this.ticket = ticket;
    this.local = local;
  }

  QuotaStore.Demand demand() {
    return demand;
  }

  @Nullable Object ticket() {
    return ticket;
  }

  @Override
  public void settle(Bill bill) {
    long tokens = bill.tokens(asked.quotas().weights()) + (bill.open() ? demand.tokens() : 0);
    long money = bill.nanoUsd() + (bill.open() ? demand.money() : 0);
    end(bill, tokens, money);
  }

  @Override
  public void settle(long used) {
    end(Bill.UNKNOWN, used, demand.money());
  }

  @Override
  public void keep() {
    settle(Bill.UNKNOWN);
  }

  @Override
  public void giveBack() {
    settle(Bill.NOTHING);
  }

  private void end(Bill bill, long tokens, long money) {
    if (ended.getAndSet(true)) {
      return;
    }
    if (local != null) {
      local.end(tokens, money, bill.isNothing());
    }
    owner.ended(this, new QuotaStore.Use(tokens, money, !bill.isNothing()));
    asked
        .quotas()
        .ended(
            asked.call(),
            asked.scopes(),
            asked.now(),
            bill,
            demand.tokens(),
            tokens,
            money,
            asked.now().calendar().nanos());
  }

  void tell(List<QuotaStore.Reached> reached) {
    for (QuotaStore.Reached one : reached) {
      asked
          .quotas()
          .tell(asked.call(), asked.scopes()[one.holder()], one.limit(), one.percent(), one.used());
    }
  }
}
