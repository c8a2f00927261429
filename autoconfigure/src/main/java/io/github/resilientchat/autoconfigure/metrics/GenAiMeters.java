package io.github.resilientchat.autoconfigure.metrics;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;

/**
 * Attempts under the names of OpenTelemetry's {@code semantic-conventions-genai} 0.1.0, which the
 * frameworks do not use yet. Tokens of input are with the cached ones there, and those of Bedrock
 * without.
 */
final class GenAiMeters {

  /** As the conventions advise, in seconds. */
  private static final Duration[] BUCKETS =
      Arrays.stream(
              new double[] {
                0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96,
                81.92
              })
          .mapToObj(seconds -> Duration.ofMillis(Math.round(seconds * 1000)))
          .toArray(Duration[]::new);

  private GenAiMeters() {}

  static void record(CallReport report, MeterRegistry registry) {
    for (AttemptReport attempt : report.attempts()) {
      Tags tags = tagsOf(attempt.target());
      timer(MeterNames.INFERENCE_DURATION, registry)
          .tags(tags)
          .tag("error.type", ErrorType.of(attempt.failure()))
          .register(registry)
          .record(attempt.elapsed());
      if (attempt.firstContent() != null) {
        timer(MeterNames.FIRST_CHUNK, registry)
            .tags(tags)
            .register(registry)
            .record(attempt.firstContent());
      }
    }
    Usage usage = report.usage();
    if (usage != null) {
      report.servedBy().ifPresent(target -> used(usage, tagsOf(target), registry));
    }
  }

  private static Timer.Builder timer(String name, MeterRegistry registry) {
    return Timer.builder(name).serviceLevelObjectives(BUCKETS);
  }

  private static Tags tagsOf(Target target) {
    return Tags.of(
        "gen_ai.operation.name",
        "chat",
        "gen_ai.provider.name",
        target.region().isEmpty() ? "_OTHER" : "aws.bedrock",
        "gen_ai.request.model",
        target.model());
  }

  private static void used(Usage usage, Tags tags, MeterRegistry registry) {
    long input = usage.input() + usage.cacheRead() + usage.cacheWrite();
    count("input_tokens", input, tags, registry);
    count("output_tokens", usage.output(), tags, registry);
    count("cache_read.input_tokens", usage.cacheRead(), tags, registry);
    count("cache_write.input_tokens", usage.cacheWrite(), tags, registry);
  }

  private static void count(String what, long tokens, Tags tags, MeterRegistry registry) {
    Counter.builder(MeterNames.USAGE + what).tags(tags).register(registry).increment(tokens);
  }
}
