package io.github.resilientchat.core.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.List;

/**
 * What a store said last of each holder, so that nobody has to ask it in order to look on. Bounded.
 */
final class LastSeen {

  private final Cache<QuotaStore.Holder, long[]> used;

  LastSeen(long most) {
    used = Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
  }

  /**
   * @param all what counts against each limit, holder by holder; empty if the store did not say
   */
  void note(QuotaStore.Demand demand, long[] all) {
    int at = 0;
    List<QuotaStore.Holder> holders = demand.holders();
    for (int i = 0; i < holders.size(); i++) {
      int limits = holders.get(i).limits().all().size();
      if (at + limits <= all.length) {
        used.put(holders.get(i), Arrays.copyOfRange(all, at, at + limits));
      }
      at += limits;
    }
  }

  long used(QuotaStore.Holder holder, int limit) {
    long[] known = used.getIfPresent(holder);
    return known == null ? 0 : known[limit];
  }
}
