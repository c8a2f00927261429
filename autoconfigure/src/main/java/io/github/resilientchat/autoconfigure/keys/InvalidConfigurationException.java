package io.github.resilientchat.autoconfigure.keys;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The configuration cannot work. Holds every problem that could be found at once, and never a
 * credential.
 */
public final class InvalidConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * One thing that is wrong.
   *
   * @param key property that is wrong or missing
   * @param value as configured, or null when it is missing; withheld where it may be a secret
   * @param problem what is wrong, a clause that follows the key
   * @param fix what to do
   */
  public record Problem(String key, @Nullable String value, String problem, String fix) {

    public Problem {
      value = value == null ? null : Secrets.withhold(key, value);
    }

    /** Key and value as they would be written. */
    public String setting() {
      return value == null ? key : key + "=" + value;
    }
  }

  public InvalidConfigurationException(List<Problem> problems) {
    super(
        problems.stream()
            .map(each -> each.setting() + ": " + each.problem() + ". Fix: " + each.fix())
            .collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public InvalidConfigurationException(
      String key, @Nullable String value, String problem, String fix) {
    this(List.of(new Problem(key, value, problem, fix)));
  }

  public List<Problem> problems() {
    return problems;
  }
}
