package io.github.resilientchat.autoconfigure.metrics;

/** Names of the meters; those of dashboards and alerts are among them. */
final class MeterNames {

  static final String REQUESTS = "resilient.requests";
  static final String ATTEMPTS = "resilient.attempts";
  static final String ATTEMPTS_PER_REQUEST = "resilient.attempts.per.request";
  static final String QUEUE_WAIT = "resilient.queue.wait";
  static final String FALLBACKS = "resilient.fallbacks";
  static final String FIRST_TOKEN = "resilient.time.to.first.token";
  static final String HEDGES = "resilient.hedges";
  static final String TOKENS = "resilient.tokens";
  static final String COST = "resilient.cost";
  static final String IN_FLIGHT = "resilient.inflight";
  static final String BREAKER = "resilient.breaker.state";
  static final String RELOADS = "resilient.config.reloads";
  static final String AVAILABLE = "resilient.target.available";
  static final String WEIGHT = "resilient.target.weight";
  static final String LIMIT_USED = "resilient.limit.used.ratio";
  static final String STORE_AWAY = "resilient.store.away";
  static final String STORE_UNTOLD = "resilient.store.untold";
  static final String STORE_ASKED = "resilient.store.asked";
  static final String STORE_UNANSWERED = "resilient.store.unanswered";
  static final String STORE_LOST = "resilient.store.lost";
  static final String INFERENCE_DURATION = "gen_ai.client.inference.duration";
  static final String FIRST_CHUNK = "gen_ai.client.inference.time_to_first_chunk";
  static final String USAGE = "gen_ai.client.inference.usage.";

  private MeterNames() {}
}
