package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.internal.ledger.Account;
import io.github.resilientchat.core.internal.ledger.Claim;
import io.github.resilientchat.core.internal.ledger.Moment;
import java.time.Instant;

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
    long tokens = bill.tokens(quotas.weights()) + (bill.open() ? tokens() : 0);
    long money = bill.nanoUsd() + (bill.open() ? money() : 0);
    end(bill, tokens, money);
  }

  @Override
  public void settle(long used) {
    end(Bill.UNKNOWN, used, money());
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
    if (!end(tokens, money, bill.isNothing())) {
      return;
    }
    quotas.settled(call, tokens(), tokens);
    TokenEstimate estimate = call.estimate();
    for (int at = 0; at < bill.size(); at++) {
      Charge charge = bill.charge(at);
      if (!charge.estimated()) {
        quotas.learnt().learn(charge.target(), estimate, charge.usage());
      }
    }
    quotas.tell(call, scopes, this);
    if (quotas.isHeard()) {
      quotas.tell(
          new UsageEvent(
              Instant.ofEpochMilli(at().millis()),
              at().calendar().day(at()),
              call.caller(),
              quotas.route(),
              bill.charges(),
              tokens,
              money,
              bill.isEstimated()));
    }
  }
}
