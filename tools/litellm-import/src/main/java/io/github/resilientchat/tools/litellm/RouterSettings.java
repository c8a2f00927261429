package io.github.resilientchat.tools.litellm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** LiteLLM's router_settings and what they are here. */
final class RouterSettings {

  /** Times in LiteLLM, and here. */
  static final Map<String, String> TIMES = new LinkedHashMap<>();

  static {
    TIMES.put("timeout", "attempt-timeout");
    TIMES.put("stream_timeout", "first-token-timeout");
    TIMES.put("ttft_timeout", "first-token-timeout");
    TIMES.put("stream_idle_timeout", "idle-timeout");
  }

  private static final Map<String, String> STRATEGIES =
      Map.of(
          "simple-shuffle", "weighted",
          "least-busy", "least-busy",
          "usage-based-routing", "usage",
          "usage-based-routing-v2", "usage",
          "latency-based-routing", "latency",
          "cost-based-routing", "cost");

  /** Settings that need no key, and why. */
  private static final Map<String, String> ELSEWHERE = new LinkedHashMap<>();

  static {
    ELSEWHERE.put(
        "enable_pre_call_checks",
        "always on: limits and context windows are checked before a target is asked");
    ELSEWHERE.put(
        "allowed_fails",
        "what rests, and how long, follows from what failed (docs/failures.md); breakers: resilient.defaults.breaker.*");
    ELSEWHERE.put("allowed_fails_policy", "as allowed_fails");
    ELSEWHERE.put(
        "cooldown_time",
        "as allowed_fails; resilient.defaults.max-retry-after bounds a provider's word");
    ELSEWHERE.put(
        "retry_policy", "what is tried again follows from what failed (docs/failures.md)");
    ELSEWHERE.put(
        "retry_after",
        "a provider's Retry-After is heeded; resilient.defaults.retry.backoff is between tries at one target");
    ELSEWHERE.put(
        "max_fallbacks", "resilient.defaults.retry.max-attempts bounds all attempts of a call");
    ELSEWHERE.put("model_group_alias", "write a route of that name with the same targets");
    ELSEWHERE.put("redis_host", "quotas of a fleet: docs/quotas.md");
    ELSEWHERE.put("redis_url", "as redis_host");
    ELSEWHERE.put("cache", "answers are not cached");
    ELSEWHERE.put(
        "optional_pre_call_checks", "limits are always enforced; sessions: strategy sticky");
    ELSEWHERE.put(
        "provider_budget_config", "limits in money: resilient.routes.<name>.limits=200usd/d");
    ELSEWHERE.put("drop_params", "options that a model does not take are its provider's to refuse");
  }

  private static final List<String> READ =
      List.of(
          "routing_strategy",
          "num_retries",
          "fallbacks",
          "context_window_fallbacks",
          "content_policy_fallbacks",
          "default_fallbacks");

  private final Map<String, Object> settings;
  private final Map<String, String> properties;
  private final List<String> notes;

  RouterSettings(Map<String, Object> settings, Map<String, String> properties, List<String> notes) {
    this.settings = settings;
    this.properties = properties;
    this.notes = notes;
  }

  void write() {
    @Nullable String strategy = Yaml.text(settings.get("routing_strategy"));
    @Nullable String here = STRATEGIES.get(strategy == null ? "simple-shuffle" : strategy);
    if (here == null) {
      notes.add(
          "routing_strategy "
              + strategy
              + ": no strategy here is like it; the default is adaptive");
    } else {
      properties.put("resilient.defaults.strategy", here);
    }
    @Nullable Integer retries = Deployment.number(settings.get("num_retries"));
    if (retries != null) {
      properties.put("resilient.defaults.retry.max-attempts", String.valueOf(retries + 1));
    }
    TIMES.forEach(
        (from, to) -> {
          if (settings.get(from) instanceof Number seconds) {
            properties.put("resilient.defaults." + to, time(seconds.doubleValue()));
          }
        });
    settings.keySet().stream()
        .filter(key -> !READ.contains(key) && !TIMES.containsKey(key))
        .forEach(key -> notes.add(key + ": " + ELSEWHERE.getOrDefault(key, "has no key here")));
  }

  static String time(double seconds) {
    return seconds == Math.rint(seconds) ? (long) seconds + "s" : Math.round(seconds * 1000) + "ms";
  }
}
