package io.github.resilientchat.redis;

import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last word that an instance heard, or has to say, of each thing. What is said comes after all
 * that is heard before Redis has it. What holds is known until somebody ends it or its time is
 * over: that Redis has lost it is no end. Used by one thread.
 */
final class KnownNews {

  /** A rest that is over about now is not worth a word. */
  private static final long ABOUT_NOW = 1_000_000_000;

  private static final long FOR_EVER = Long.MAX_VALUE / 2;
  private static final Ticker TICKER = Ticker.system();

  private final Map<String, Said> all = new HashMap<>();

  /** A word, and until when it is one. */
  static final class Said {

    private final FleetWord word;
    private final boolean own;
    private final long until;

    /** Written where Redis' answer is read. */
    private volatile boolean told;

    private Said(FleetWord word, boolean own) {
      this.word = word;
      this.own = own;
      this.until = TICKER.nanos() + (word.left().isZero() ? FOR_EVER : word.left().toNanos());
    }

    /** With the time that is left now. */
    FleetWord word() {
      return word.left().isZero() ? word : word.lasting(Duration.ofNanos(left()));
    }

    /** Redis has it. */
    void told() {
      told = true;
    }

    private long left() {
      return until - TICKER.nanos();
    }

    private boolean waits() {
      return own && !told && left() > 0;
    }

    /** Of a rest, who found it out knows best how long it is. */
    private boolean isToBeSaidAgain() {
      return word.isDrain() || own && word.holds() && left() > ABOUT_NOW;
    }
  }

  /** Notes a word of this instance, which waits until it is {@linkplain Said#told told}. */
  Said says(FleetWord word) {
    Said said = new Said(word, true);
    all.put(word.field(), said);
    return said;
  }

  /** What this instance has said, and Redis does not have. */
  List<Said> untold() {
    return all.values().stream().filter(Said::waits).toList();
  }

  /** Whether this instance has a word to say of it that comes after all that others have said. */
  boolean waits(String field) {
    @Nullable Said last = all.get(field);
    return last != null && last.waits();
  }

  /**
   * Notes the word of another instance.
   *
   * @return false for the end of what is not known to hold
   */
  boolean hears(FleetWord word) {
    if (word.holds()) {
      all.put(word.field(), new Said(word, false));
      return true;
    }
    @Nullable Said ended = all.remove(word.field());
    return ended != null && ended.word.holds();
  }

  /**
   * What Redis has lost and should be told again. Lets go of what is over.
   *
   * @param there what Redis has a word of
   */
  List<Said> lost(Set<String> there) {
    all.values()
        .removeIf(said -> !said.waits() && (said.left() <= 0 || said.told && !said.word.holds()));
    return all.values().stream()
        .filter(said -> !said.waits() && !there.contains(said.word.field()))
        .filter(Said::isToBeSaidAgain)
        .toList();
  }
}
