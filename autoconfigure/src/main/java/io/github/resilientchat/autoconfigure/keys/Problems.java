package io.github.resilientchat.autoconfigure.keys;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong, so that one start-up reports all of it. */
public final class Problems {

  private final List<Problem> found = new ArrayList<>();

  public void add(String key, @Nullable String value, String problem, String fix) {
    found.add(new Problem(key, value, problem, fix));
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
      e.problems().stream().filter(problem -> !found.contains(problem)).forEach(found::add);
      return Optional.empty();
    }
  }

  /** Throws if anything was found. */
  public void report() {
    if (!found.isEmpty()) {
      throw new InvalidConfigurationException(found);
    }
  }
}
