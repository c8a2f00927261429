package io.github.resilientchat.redis;

import io.github.resilientchat.core.fleet.News;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * News as Redis keeps them.
 *
 * @param field what they are about
 * @param holds whether it is so, or is so no more
 * @param left how long it holds; zero until it is said to be over
 */
record FleetWord(String field, boolean holds, Duration left, boolean firm) {

  private static final String REST = "r:";
  private static final String DRAIN = "d:";

  static FleetWord of(News news) {
    if (news instanceof News.Rests rests) {
      // A rest of nothing would be one without end.
      Duration left = rests.left().toMillis() < 1 ? Duration.ofMillis(1) : rests.left();
      return new FleetWord(REST + rests.domain(), true, left, rests.firm());
    }
    if (news instanceof News.Works works) {
      return new FleetWord(REST + works.domain(), false, Duration.ZERO, false);
    }
    if (news instanceof News.Drained drained) {
      return new FleetWord(DRAIN + drained.part(), true, Duration.ZERO, true);
    }
    return new FleetWord(DRAIN + ((News.Undrained) news).part(), false, Duration.ZERO, true);
  }

  /** What a field says; null for one that this version does not know. */
  static @Nullable News read(String field, long leftMillis, boolean firm) {
    String about = field.length() > 2 ? field.substring(2) : "";
    if (field.startsWith(REST)) {
      return new News.Rests(about, Duration.ofMillis(leftMillis), firm);
    }
    return field.startsWith(DRAIN) ? new News.Drained(about) : null;
  }
}
