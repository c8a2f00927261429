package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Usage;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what callers have used, day by day. Thread-safe. */
public interface UsageReader {

  /** All that is known of a day, in no order; empty when it is not known any more. */
  List<Row> on(LocalDate day);

  /** What is known of a caller's day. */
  default List<Row> on(LocalDate day, @Nullable String tenant, @Nullable String user) {
    return on(day).stream().filter(row -> row.who().isOf(tenant, user)).toList();
  }

  /** Days of which something is known, the last one first. */
  List<LocalDate> days();

  /**
   * Who used what.
   *
   * @param user null for calls that named nobody
   * @param model what requests were sent to
   */
  record Key(@Nullable String tenant, @Nullable String user, String route, String model) {

    /** Stands for all callers for whom there was no row left. */
    public static final String OTHERS = "(others)";

    boolean isOf(@Nullable String whoseTenant, @Nullable String who) {
      return java.util.Objects.equals(tenant, whoseTenant) && java.util.Objects.equals(user, who);
    }
  }

  /**
   * A day's use.
   *
   * @param attempts requests that used something
   * @param tokens by kind
   * @param nanoUsd billionths of a US dollar
   */
  record Row(Key who, long attempts, Usage tokens, long nanoUsd) {}
}
