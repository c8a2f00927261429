package io.github.resilientchat.simulator;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Guardrails and the words at which they step in. Thread-safe. */
final class Guardrails {

  static final String STOP_REASON = "guardrail_intervened";
  private static final String BLOCKED = "Sorry, the simulated guardrail stepped in.";

  private final Map<String, Set<String>> words = new ConcurrentHashMap<>();

  void add(String id, Set<String> blocked) {
    words.put(id, blocked.stream().map(String::strip).collect(Collectors.toUnmodifiableSet()));
  }

  /** What leads back to those that there are now. */
  Runnable asNow() {
    Map<String, Set<String>> known = Map.copyOf(words);
    return () -> {
      words.keySet().retainAll(known.keySet());
      words.putAll(known);
    };
  }

  void clear() {
    words.clear();
  }

  /** Whether the one that the request names steps in at the last words of its user. */
  boolean stepsIn(ConverseRequest request, ConverseCall call) {
    String id = request.json().path("guardrailConfig").path("guardrailIdentifier").asText();
    String said = call.lastUserText();
    return words.getOrDefault(id, Set.of()).stream().anyMatch(said::contains);
  }

  static Answer answer() {
    return Answer.text(BLOCKED).withStopReason(STOP_REASON);
  }
}
