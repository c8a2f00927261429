package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.LimitLedger;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.route.Signals;
import io.github.resilientchat.core.route.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Double entry: what the engine's ledgers say of callers and targets against accounts kept from the
 * outcomes alone. A reservation that was never closed, or closed twice, makes them differ.
 */
final class Books implements CallerQuotas {

  private static final double ROUNDING = 1e-9;

  private final VirtualTime time;
  private final long amount;
  private final LimitLedger ledger;
  private final Account callerTokens;
  private final Account callerRequests;
  private final Map<Target, Account> targetTokens = new HashMap<>();
  private final boolean daily;

  /**
   * @param amount of the daily limits, so large that they never refuse
   * @param daily whether the targets have such a limit too
   */
  Books(VirtualTime time, long amount, List<Target> targets, boolean daily) {
    this.time = time;
    this.amount = amount;
    this.daily = daily;
    this.ledger = new LimitLedger(Limits.parse(amount + "tpd," + amount + "rpd"), time);
    this.callerTokens = new Account(amount);
    this.callerRequests = new Account(amount);
    targets.forEach(target -> targetTokens.put(target, new Account(amount)));
  }

  @Override
  public Admission admit(ModelCall call) {
    callerTokens.reserve(call.estimate().total(), time.nanos());
    callerRequests.reserve(1, time.nanos());
    if (ledger.tryReserve(call.estimate().total()) instanceof Reservation reservation) {
      return new Admission.Granted(reservation);
    }
    throw new IllegalStateException("a limit of " + amount + " a day was meant never to refuse");
  }

  void attemptBegan(Target target, ModelCall call) {
    account(target).reserve(call.estimate().total(), time.nanos());
  }

  void attemptSettled(Target target, ModelCall call, long used) {
    account(target).correct(used - call.estimate().total());
  }

  void callAnswered(ModelCall call, long used) {
    callerTokens.correct(used - call.estimate().total());
  }

  /** The call used nothing. */
  void callGivenBack(ModelCall call) {
    callerTokens.correct(-call.estimate().total());
    callerRequests.correct(-1);
  }

  /** To be asked when limits of a minute have refilled and those of a day have not. */
  void audit(Signals signals) {
    double caller = Math.min(callerTokens.left(time.nanos()), callerRequests.left(time.nanos()));
    agree("settled equals used for callers", ledger.shareLeft(time.nanos()), caller);
    holds(ledger.running() == 0, "each reservation of a caller is closed", ledger.running());
    targetTokens.forEach(
        (target, account) -> {
          double left = daily ? account.left(time.nanos()) : 1;
          agree(
              "settled equals used at " + target, signals.of(target).quotaLeft(time.nanos()), left);
          int inFlight = signals.of(target).inFlight();
          holds(inFlight == 0, "nothing is in flight at the end", inFlight);
        });
  }

  /** To be asked when every limit has refilled: only a slot that was never freed is missing. */
  void auditSlots(Signals signals) {
    targetTokens
        .keySet()
        .forEach(
            target ->
                agree(
                    "each slot of " + target + " is freed",
                    signals.of(target).quotaLeft(time.nanos()),
                    1));
  }

  private Account account(Target target) {
    return targetTokens.computeIfAbsent(target, unused -> new Account(amount));
  }

  private void agree(String invariant, double engine, double own) {
    holds(Math.abs(engine - own) < ROUNDING, invariant, engine + " instead of " + own);
  }

  private void holds(boolean holds, String invariant, Object detail) {
    Broken.unless(holds, time, invariant, detail);
  }
}
