package io.github.resilientchat.streaming.hostile;

import static io.github.resilientchat.streaming.hostile.Point.ADMIT;
import static io.github.resilientchat.streaming.hostile.Point.RESERVATION;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.LimitLedger;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Reservation;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One call at a time for each caller, and counts of what was reserved and what was ended. */
final class Ledgers implements CallerQuotas {

  private static final Limits LIMITS = Limits.parse("1par 1mtpd");
  private static final long TOKENS = 1_000_000;

  private final Hostility hostility;
  private final Map<Caller, LimitLedger> ledgers = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger granted = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  Ledgers(Hostility hostility) {
    this.hostility = hostility;
  }

  @Override
  public Admission admit(ModelCall call) {
    asked.incrementAndGet();
    return hostility.at(ADMIT, () -> reserve(call));
  }

  private Admission reserve(ModelCall call) {
    LimitLedger ledger = ledger(call.caller());
    if (ledger.tryReserve(call.estimate().total()) instanceof Reservation reservation) {
      granted.incrementAndGet();
      return new Admission.Granted(new Hold(reservation));
    }
    return new Admission.Refused("hostile", "1par", Duration.ofSeconds(1));
  }

  private LimitLedger ledger(Caller caller) {
    return ledgers.computeIfAbsent(caller, of -> new LimitLedger(LIMITS, () -> 0));
  }

  /** Calls that came as far as here. */
  int asked() {
    return asked.get();
  }

  int granted() {
    return granted.get();
  }

  int ended() {
    return ended.get();
  }

  long open() {
    return ledgers.values().stream().mapToLong(LimitLedger::running).sum();
  }

  long charged(Caller caller) {
    return TOKENS - ledger(caller).remainingTokens().orElseThrow();
  }

  /** Ends what it holds, and only then misbehaves. */
  private final class Hold implements Reservation {

    private final Reservation held;
    private volatile boolean threw;

    private Hold(Reservation held) {
      this.held = held;
    }

    @Override
    public void settle(long used) {
      end(() -> held.settle(used));
    }

    @Override
    public void keep() {
      end(held::keep);
    }

    @Override
    public void giveBack() {
      end(held::giveBack);
    }

    /** What has thrown is said again later, and counts no more. */
    private void end(Runnable ending) {
      if (threw) {
        return;
      }
      ended.incrementAndGet();
      ending.run();
      boolean done = false;
      try {
        hostility.at(RESERVATION, () -> {});
        done = true;
      } finally {
        threw = !done;
      }
    }
  }
}
