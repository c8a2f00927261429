package io.github.resilientchat.redis;

import io.github.resilientchat.core.fleet.News;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * News as Redis keeps them: of each thing the last word.
 *
 * @param field what it is about
 * @param flag {@code 1} for what holds firmly, {@code 0} for what holds, {@code -} for what is over
 * @param left how long it holds; zero until it is said to be over
 */
record FleetWord(String field, String flag, Duration left) {

  private static final String REST = "r:";
  private static final String DRAIN = "d:";
  private static final String FIRM = "1";
  private static final String SOFT = "0";
  private static final String OVER = "-";

  static FleetWord of(News news) {
    if (news instanceof News.Rests rests) {
      return new FleetWord(REST + rests.domain(), rests.firm() ? FIRM : SOFT, some(rests.left()));
    }
    if (news instanceof News.Works works) {
      return new FleetWord(REST + works.domain(), OVER, Duration.ZERO);
    }
    if (news instanceof News.Drained drained) {
      return new FleetWord(DRAIN + drained.part(), FIRM, Duration.ZERO);
    }
    return new FleetWord(DRAIN + ((News.Undrained) news).part(), OVER, Duration.ZERO);
  }

  /** A rest of nothing would be one without end. */
  private static Duration some(Duration left) {
    return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
  }

  FleetWord lasting(Duration stillLeft) {
    return new FleetWord(field, flag, some(stillLeft));
  }

  boolean holds() {
    return !flag.equals(OVER);
  }

  /** Whether it is so until somebody ends it. */
  boolean isDrain() {
    return holds() && field.startsWith(DRAIN);
  }

  /** What it says; null where this version does not know what it is about. */
  @Nullable News news() {
    String about = field.length() > 2 ? field.substring(2) : "";
    if (field.startsWith(REST)) {
      return holds() ? new News.Rests(about, left, flag.equals(FIRM)) : new News.Works(about);
    }
    if (field.startsWith(DRAIN)) {
      return holds() ? new News.Drained(about) : new News.Undrained(about);
    }
    return null;
  }
}
