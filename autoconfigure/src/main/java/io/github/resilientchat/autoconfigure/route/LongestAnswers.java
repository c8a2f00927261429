package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Tells of limits that are soon used up: Bedrock reserves what an answer may have at most, whatever
 * it has in the end.
 */
final class LongestAnswers {

  private final RoutesProperties tree;
  private final Problems problems;

  LongestAnswers(RoutesProperties tree, Problems problems) {
    this.tree = tree;
    this.problems = problems;
  }

  /**
   * Says so where the limits count tokens and nobody says how long an answer over this route may
   * be.
   *
   * @param text that holds them
   */
  void warn(String key, String text, String route, TargetSettings settings, Limits limits) {
    boolean tokens =
        limits.all().stream().anyMatch(limit -> limit.unit().measure() == Limit.Measure.TOKENS);
    if (tokens && longest(route, settings) == null) {
      problems.doubt(
          key,
          text,
          "counts tokens, and requests that set no limit reserve the longest answer that the model"
              + " can give",
          "set max-tokens under resilient.models.<name>, which is then sent with requests that say"
              + " none");
    }
  }

  private @Nullable Integer longest(String route, TargetSettings settings) {
    @Nullable RouteProperties own = tree.routes().get(route);
    ModelOptions ofRoute = own == null ? ModelOptions.NONE : own.options();
    return settings.options().over(ofRoute).over(tree.defaults().options()).maxTokens();
  }
}
