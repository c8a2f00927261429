package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.Limits;

/**
 * Tells of limits that are soon used up: Bedrock reserves what an answer may have at most, whatever
 * it has in the end.
 */
final class LongestAnswers {

  private final ModelOptions defaults;
  private final Problems problems;

  LongestAnswers(ModelOptions defaults, Problems problems) {
    this.defaults = defaults;
    this.problems = problems;
  }

  /**
   * Says so where the limits count tokens and nobody says how long an answer may be.
   *
   * @param text that holds them
   */
  void warn(String key, String text, TargetSettings settings, Limits limits) {
    boolean tokens =
        limits.all().stream().anyMatch(limit -> limit.unit().measure() == Limit.Measure.TOKENS);
    if (tokens && settings.options().over(defaults).maxTokens() == null) {
      problems.doubt(
          key,
          text,
          "counts tokens, and requests that set no limit reserve the longest answer that the model"
              + " can give",
          "set max-tokens under resilient.models.<name>, which is then sent with requests that say"
              + " none");
    }
  }
}
