package io.github.resilientchat.samples.fivepatterns;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one request came to.
 *
 * @param question what was asked
 * @param answer the text, or null when there was none
 * @param error what was thrown, or null
 * @param took from asking to the end
 */
record Asked(
    Question question, @Nullable String answer, @Nullable RuntimeException error, Duration took) {

  boolean served() {
    return answer != null && !answer.isBlank();
  }

  double millis() {
    return took.toNanos() / 1e6;
  }
}
