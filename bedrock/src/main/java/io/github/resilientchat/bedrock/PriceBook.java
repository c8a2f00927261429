package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.Prices;
import java.io.IOException;
import java.io.Reader;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * List prices of models, by the way they are called: Bedrock charges more for a geographic
 * inference profile of a newer Claude than for the global one. Immutable.
 *
 * <p>The {@link #bundled} book is a copy of public lists at a date, good for choosing the cheaper
 * target and for budgets, not for invoices. A file of the same form replaces what it names.
 */
public final class PriceBook {

  private static final String FILE = "prices.csv";
  private static final String ANY = "*";
  private static final String GEOGRAPHIC = "geo";
  private static final String GLOBAL = "global";
  private static final String AN_HOUR = "cache-write-hour";

  private static final PriceBook EMPTY = new PriceBook("", LocalDate.EPOCH, Map.of());

  /** A model and the way it is called. */
  private record Key(String model, String through) {}

  private final String source;
  private final LocalDate date;
  private final Map<Key, Prices> prices;

  private PriceBook(String source, LocalDate date, Map<Key, Prices> prices) {
    this.source = source;
    this.date = date;
    this.prices = Map.copyOf(prices);
  }

  /** No prices at all. */
  public static PriceBook empty() {
    return EMPTY;
  }

  /** The book of this library. */
  public static PriceBook bundled() {
    return of(DataTable.bundled(FILE));
  }

  /**
   * Reads a book: lines {@code model,through,input,output,cache-read,cache-write} under a line of
   * these words, in US dollars per million tokens, and perhaps {@code cache-write-hour} at their
   * end. {@code through} is {@code *}, {@code geo}, {@code global} or a geography such as {@code
   * eu}; the most specific line holds. A cache price may be empty.
   *
   * @param name of the file, for errors
   * @throws IllegalArgumentException if it is no such book; names the line
   */
  public static PriceBook read(String name, Reader in) throws IOException {
    return of(DataTable.read(name, in));
  }

  private static PriceBook of(DataTable table) {
    table.requireColumns("model", "through", "input", "output", "cache-read", "cache-write");
    Map<Key, Prices> prices = new HashMap<>();
    for (DataTable.Row row : table.rows()) {
      double input = required(row, "input");
      Prices usual = new Prices(input, required(row, "output"));
      Prices own =
          new Prices(
              input,
              usual.output(),
              row.number("cache-read", usual.cacheRead()),
              row.number("cache-write", usual.cacheWrite()));
      own = own.withCacheWriteHour(row.number(AN_HOUR, own.cacheWriteHour()));
      if (prices.put(new Key(row.text("model"), row.text("through")), own) != null) {
        throw row.wrong("new line, for it is here twice", row.text("model"));
      }
    }
    return new PriceBook(table.source(), table.date(), prices);
  }

  private static double required(DataTable.Row row, String column) {
    if (row.text(column).isEmpty()) {
      throw row.wrong(column + " price", "");
    }
    return row.number(column, 0);
  }

  /** This book, but for what another one names. */
  public PriceBook overriddenBy(PriceBook other) {
    Map<Key, Prices> both = new HashMap<>(prices);
    // A model that the other book names is its alone, or an old price for one geography would stay.
    both.keySet().removeIf(key -> other.names(key.model()));
    both.putAll(other.prices);
    boolean newer = other.date.isAfter(date);
    return new PriceBook(
        source.isEmpty() ? other.source : source + "; " + other.source,
        newer ? other.date : date,
        both);
  }

  private boolean names(String model) {
    return prices.keySet().stream().anyMatch(key -> key.model().equals(model));
  }

  /** Where the prices are from. */
  public String source() {
    return source;
  }

  /** When they were. */
  public LocalDate date() {
    return date;
  }

  /** What tokens cost at this id or ARN of a model or inference profile; empty if not known. */
  public Optional<Prices> of(String id) {
    return find(FoundationModels.of(id), FoundationModels.geography(id));
  }

  /**
   * The same of an ARN that does not tell its model.
   *
   * @param foundationModel behind it
   */
  public Optional<Prices> of(String id, String foundationModel) {
    String geography = FoundationModels.geography(id);
    return find(
        FoundationModels.of(foundationModel),
        geography.isEmpty() ? FoundationModels.geography(foundationModel) : geography);
  }

  private Optional<Prices> find(String model, String geography) {
    @Nullable Prices own = prices.get(new Key(model, geography));
    if (own == null && !geography.isEmpty() && !geography.equals(GLOBAL)) {
      own = prices.get(new Key(model, GEOGRAPHIC));
    }
    return Optional.ofNullable(own == null ? prices.get(new Key(model, ANY)) : own);
  }
}
