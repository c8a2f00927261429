package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.internal.ledger.Account;
import io.github.resilientchat.core.internal.ledger.Claim;
import io.github.resilientchat.core.internal.ledger.Moment;

/** What a call holds of all its accounts. The first ending counts, every later one does nothing. */
final class Hold extends Claim implements Reservation {

  private final RouteQuotas quotas;
  private final ModelCall call;
  private final ScopeLimits[] scopes;

  Hold(
      RouteQuotas quotas,
      ModelCall call,
      ScopeLimits[] scopes,
      Account[] accounts,
      long tokens,
      long money,
      Moment now) {
    super(accounts, tokens, money, now);
    this.quotas = quotas;
    this.call = call;
    this.scopes = scopes;
  }

  @Override
  public void settle(Bill bill) {
    settleAt(bill, at().calendar().nanos());
  }

  @Override
  public void settle(Bill bill, long now) {
    settleAt(bill, quotas.nanos(now));
  }

  private void settleAt(Bill bill, long nanos) {
    long tokens = bill.tokens(quotas.weights()) + (bill.open() ? tokens() : 0);
    long money = bill.nanoUsd() + (bill.open() ? money() : 0);
    end(bill, tokens, money, nanos);
  }

  @Override
  public void settle(long used) {
    end(Bill.UNKNOWN, used, money(), at().calendar().nanos());
  }

  @Override
  public void keep() {
    settle(Bill.UNKNOWN);
  }

  @Override
  public void giveBack() {
    settle(Bill.NOTHING);
  }

  private void end(Bill bill, long tokens, long money, long nanos) {
    if (!end(tokens, money, bill.isNothing(), nanos)) {
      return;
    }
    quotas.tell(call, scopes, this);
    quotas.ended(call, scopes, at(), bill, tokens(), tokens, money, nanos);
  }
}
