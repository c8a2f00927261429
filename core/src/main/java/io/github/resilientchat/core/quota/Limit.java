package io.github.resilientchat.core.quota;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A number that may not be passed: so many requests or tokens in a window, or so many calls at a
 * time. Written as {@code <n>[k|m]<unit>}, such as {@code 60rpm}, {@code 100ktpm}, {@code 4par}.
 */
public record Limit(long amount, Unit unit) {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,12})([km]?)([a-z]+)");

  /** What a limit counts, and over which window. */
  public enum Unit {
    RPM(Measure.REQUESTS, Duration.ofMinutes(1)),
    RPH(Measure.REQUESTS, Duration.ofHours(1)),
    RPD(Measure.REQUESTS, Duration.ofDays(1)),
    TPM(Measure.TOKENS, Duration.ofMinutes(1)),
    TPH(Measure.TOKENS, Duration.ofHours(1)),
    TPD(Measure.TOKENS, Duration.ofDays(1)),
    PAR(Measure.CONCURRENCY, null);

    private final Measure measure;
    private final @Nullable Duration window;

    Unit(Measure measure, @Nullable Duration window) {
      this.measure = measure;
      this.window = window;
    }

    public Measure measure() {
      return measure;
    }

    /** The window, or null for {@link #PAR}, which has none. */
    public @Nullable Duration window() {
      return window;
    }
  }

  /** What is counted. */
  public enum Measure {
    REQUESTS,
    TOKENS,
    CONCURRENCY
  }

  public Limit {
    if (amount < 1) {
      throw new IllegalArgumentException("a limit must be at least 1: " + amount);
    }
  }

  /**
   * Reads one limit.
   *
   * @throws IllegalArgumentException if the text is no limit; the message says what one looks like
   */
  public static Limit parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw notALimit(text);
    }
    Unit unit =
        Arrays.stream(Unit.values())
            .filter(candidate -> candidate.name().equalsIgnoreCase(matcher.group(3)))
            .findFirst()
            .orElseThrow(() -> notALimit(text));
    long factor = matcher.group(2).isEmpty() ? 1 : matcher.group(2).equals("k") ? 1_000 : 1_000_000;
    return new Limit(Long.parseLong(matcher.group(1)) * factor, unit);
  }

  private static IllegalArgumentException notALimit(String text) {
    String units =
        Arrays.stream(Unit.values())
            .map(unit -> unit.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "'"
            + text
            + "' is no limit; write <n>[k|m]<unit> with a unit of "
            + units
            + ", such as 60rpm or 100ktpm");
  }

  /** The limit as it is written. */
  @Override
  public String toString() {
    String unitText = unit.name().toLowerCase(Locale.ROOT);
    if (amount % 1_000_000 == 0) {
      return amount / 1_000_000 + "m" + unitText;
    }
    return amount % 1_000 == 0 ? amount / 1_000 + "k" + unitText : amount + unitText;
  }
}
