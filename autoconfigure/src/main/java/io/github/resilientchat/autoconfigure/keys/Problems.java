package io.github.resilientchat.autoconfigure.keys;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what is wrong, so that one start-up reports all of it, and what is likely to be wrong
 * and stops nothing.
 */
public final class Problems {

  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.resilientchat.configuration");

  private final List<Problem> found = new ArrayList<>();
  private final Set<Problem> doubts = new LinkedHashSet<>();
  private final Set<String> explained = new HashSet<>();

  /** Adds what cannot work. */
  public void add(String key, @Nullable String value, String problem, String fix) {
    add(new Problem(key, value, problem, fix));
  }

  private void add(Problem problem) {
    if (!found.contains(problem) && !isExplained(problem.key())) {
      found.add(problem);
    }
  }

  /** Whether what is found at this key follows from what was found already. */
  public boolean isExplained(String key) {
    return explained.contains(form(key));
  }

  /** Adds what works and is likely not meant; said in the log, and stops nothing. */
  public void doubt(String key, @Nullable String value, String problem, String fix) {
    doubts.add(new Problem(key, value, problem, fix));
  }

  /** Whatever else is found at this key follows from what was found already. */
  public void explain(String key) {
    explained.add(form(key));
  }

  /** Adds what was found, once for each key. */
  void addFirst(List<Problem> problems) {
    problems.forEach(this::add);
    problems.forEach(problem -> explain(problem.key()));
  }

  /** A key that nothing reads: what it holds is nobody's business, and may be a credential. */
  void addUnknown(String key, String problem, String fix) {
    add(key, Secrets.WITHHELD, problem, fix);
  }

  /** Runs a reading; its problems are kept, and the result is then empty. */
  public <T> Optional<T> collect(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (InvalidConfigurationException e) {
      e.problems().forEach(this::add);
      return Optional.empty();
    }
  }

  /** The same of a reading that may come to nothing, whose problem is then known already. */
  public <T> Optional<T> part(Supplier<@Nullable T> reading) {
    return collect(() -> Optional.ofNullable(reading.get())).flatMap(read -> read);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  List<Problem> doubts() {
    return List.copyOf(doubts);
  }

  /** Says in the log what is likely not meant. */
  public void tellDoubts() {
    for (Problem doubt : doubts) {
      LOG.warn("{} {}; {}", doubt.setting(), doubt.problem(), doubt.fix());
    }
  }

  /** Throws if anything was found that cannot work. */
  public void report() {
    if (!found.isEmpty()) {
      throw new InvalidConfigurationException(found);
    }
  }

  /** A key and an element of its list, dashed or not, are one place. */
  private static String form(String key) {
    return key.replaceAll("\\[\\d+]$", "").replace("-", "").toLowerCase(Locale.ROOT);
  }
}
