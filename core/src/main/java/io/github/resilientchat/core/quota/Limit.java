package io.github.resilientchat.core.quota;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A number that may not be passed: so many requests, tokens or US dollars in a window, or so many
 * calls at a time. Written as {@code <n>[k|m]<unit>}, such as {@code 60rpm}, {@code 100ktpm},
 * {@code 4par}, {@code 2.50usd/d}. 0 lets nothing pass.
 *
 * @param amount how many; money in billionths of a US dollar
 */
public record Limit(long amount, Unit unit) {

  /** Sums of a few of these never overflow. */
  static final long MOST = 1_000_000_000_000_000_000L;

  private static final BigDecimal NANO = BigDecimal.valueOf(1_000_000_000);
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,12})(\\.\\d{1,6})?([km]?)([a-z]+(?:/[a-z]+)?)");

  /** What a limit counts, and over which window. */
  public enum Unit {
    RPM(Measure.REQUESTS, Duration.ofMinutes(1)),
    RPH(Measure.REQUESTS, Duration.ofHours(1)),
    RPD(Measure.REQUESTS, Duration.ofDays(1)),
    TPM(Measure.TOKENS, Duration.ofMinutes(1)),
    TPH(Measure.TOKENS, Duration.ofHours(1)),
    TPD(Measure.TOKENS, Duration.ofDays(1)),
    PAR(Measure.CONCURRENCY, null),
    USD_H(Measure.MONEY, Duration.ofHours(1)),
    USD_D(Measure.MONEY, Duration.ofDays(1)),
    USD_MO(Measure.MONEY, Duration.ofDays(31));

    private final Measure measure;
    private final @Nullable Duration window;

    Unit(Measure measure, @Nullable Duration window) {
      this.measure = measure;
      this.window = window;
    }

    public Measure measure() {
      return measure;
    }

    /** The window, at its longest, or null for {@link #PAR}, which has none. */
    public @Nullable Duration window() {
      return window;
    }

    /** The unit as it is written. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '/');
    }
  }

  /** What is counted. */
  public enum Measure {
    REQUESTS,
    TOKENS,
    CONCURRENCY,
    /** Billionths of a US dollar. */
    MONEY
  }

  public Limit {
    if (amount < 0 || amount > MOST) {
      throw new IllegalArgumentException("a limit must be from 0 to " + MOST + ": " + amount);
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
            .filter(candidate -> candidate.toString().equals(matcher.group(4)))
            .findFirst()
            .orElseThrow(() -> notALimit(text));
    boolean money = unit.measure() == Measure.MONEY;
    if (matcher.group(2) != null && !money) {
      throw notALimit(text);
    }
    String digits = matcher.group(1) + (matcher.group(2) == null ? "" : matcher.group(2));
    BigDecimal amount = new BigDecimal(digits).multiply(factor(matcher.group(3)));
    BigDecimal units = money ? amount.multiply(NANO) : amount;
    if (units.compareTo(BigDecimal.valueOf(MOST)) > 0) {
      throw new IllegalArgumentException("'" + text + "' is more than any limit can be");
    }
    return new Limit(units.longValueExact(), unit);
  }

  private static BigDecimal factor(String letter) {
    return BigDecimal.valueOf(letter.isEmpty() ? 1 : letter.equals("k") ? 1_000 : 1_000_000);
  }

  private static IllegalArgumentException notALimit(String text) {
    String units =
        Arrays.stream(Unit.values()).map(Unit::toString).collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "'"
            + text
            + "' is no limit; write <n>[k|m]<unit> with a unit of "
            + units
            + ", such as 60rpm, 100ktpm or 2.50usd/d");
  }

  /** The limit as it is written. */
  @Override
  public String toString() {
    if (unit.measure() == Measure.MONEY) {
      BigDecimal dollars = BigDecimal.valueOf(amount).divide(NANO, 9, RoundingMode.UNNECESSARY);
      return (amount == 0 ? "0" : dollars.stripTrailingZeros().toPlainString()) + unit;
    }
    if (amount > 0 && amount % 1_000_000 == 0) {
      return amount / 1_000_000 + "m" + unit;
    }
    return amount > 0 && amount % 1_000 == 0 ? amount / 1_000 + "k" + unit : amount + "" + unit;
  }
}
