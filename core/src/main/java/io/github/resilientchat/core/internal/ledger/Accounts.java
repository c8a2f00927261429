package io.github.resilientchat.core.internal.ledger;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Accounts by holder, a bounded number of them. An account is dropped when nothing would be
 * forgotten by it, and never otherwise. When there are as many as there may be, newcomers share one
 * account for each sheet; who gets an account of her own later begins with what that one has used,
 * when none of her calls runs there any more, so that the change gives nobody a second limit.
 * Thread-safe.
 */
public final class Accounts {

  /** How many accounts are looked at, for each new one, whether they can be dropped. */
  private static final int LOOKS = 8;

  private final long most;
  private final Map<Holder, Account> byHolder = new ConcurrentHashMap<>();
  private final Map<Sheet, Overflow> shared = new ConcurrentHashMap<>();
  private final ReentrantLock sweeping = new ReentrantLock();
  private Iterator<Map.Entry<Holder, Account>> hand = byHolder.entrySet().iterator();

  /**
   * Whose account it is.
   *
   * @param sheet the limits: a holder has an account under each of them
   * @param user null in the account of a whole tenant
   */
  public record Holder(Sheet sheet, @Nullable String tenant, @Nullable String user) {}

  public Accounts(long most) {
    this.most = most;
  }

  /** A new account of this holder, or the one that newcomers share. */
  public Account enter(Holder holder) {
    Overflow before = shared.computeIfAbsent(holder.sheet(), Overflow::new);
    return byHolder.size() >= most ? before.as(holder, byHolder) : before.leave(holder, byHolder);
  }

  /** The account of this holder; null when there is none, and nothing is known of her. */
  public @Nullable Account known(Holder holder) {
    return byHolder.get(holder);
  }

  /** What counts for this holder: her account, else the shared one, as which hers would begin. */
  public @Nullable Account counting(Holder holder) {
    @Nullable Account known = byHolder.get(holder);
    return known == null ? shared.get(holder.sheet()) : known;
  }

  /** Whether this is an account that newcomers share. */
  public boolean isShared(Account account) {
    return account.kept() instanceof Overflow;
  }

  /** Nobody has used anything. */
  public void forget() {
    byHolder.values().forEach(Account::forget);
    shared.values().forEach(Account::forget);
  }

  /** How many there are. */
  public long size() {
    return byHolder.size();
  }

  /**
   * Drops some that are blank. To be called before new ones are entered, once for a call: its own
   * are blank until it takes something.
   */
  public void sweep(Moment now) {
    if (!sweeping.tryLock()) {
      return;
    }
    try {
      if (!hand.hasNext()) {
        hand = byHolder.entrySet().iterator();
      }
      for (int look = 0; look < LOOKS && hand.hasNext(); look++) {
        Map.Entry<Holder, Account> entry = hand.next();
        if (entry.getValue().drop(now)) {
          byHolder.remove(entry.getKey(), entry.getValue());
        }
      }
    } finally {
      sweeping.unlock();
    }
  }
}
