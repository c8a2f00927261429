package io.github.resilientchat.redis;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.fleet.News;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an instance was told, or has told itself, and has not heard the end of. Used by one thread.
 */
final class KnownNews {

  /** A rest that is over about now has run out; nobody has had an answer. */
  private static final long ABOUT_NOW = 1_000_000_000;

  private static final Ticker TICKER = Ticker.system();

  private final Map<String, Long> until = new HashMap<>();

  /**
   * @param news what holds; null for nothing any more
   */
  void note(String field, @Nullable News news) {
    if (news == null) {
      until.remove(field);
    } else {
      long left = news instanceof News.Rests rests ? rests.left().toNanos() : Long.MAX_VALUE / 2;
      until.put(field, TICKER.nanos() + left);
    }
  }

  /**
   * Forgets what does not hold any more.
   *
   * @param there what still does
   * @return what somebody has ended, and not time
   */
  List<String> endedBut(Set<String> there) {
    List<String> ended = new ArrayList<>();
    for (Iterator<Map.Entry<String, Long>> all = until.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<String, Long> one = all.next();
      if (!there.contains(one.getKey())) {
        all.remove();
        if (one.getValue() - TICKER.nanos() > ABOUT_NOW) {
          ended.add(one.getKey());
        }
      }
    }
    return ended;
  }
}
