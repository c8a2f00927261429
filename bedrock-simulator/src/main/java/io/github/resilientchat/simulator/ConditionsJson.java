package io.github.resilientchat.simulator;

import java.util.List;
import java.util.Set;

/** Conditions, guardrails and roles as JSON of the admin API. */
final class ConditionsJson {

  private static final Set<String> ACCOUNT = Set.of("account");
  private static final Set<String> DENIAL = Set.of("account", "region");
  private static final Set<String> CAPACITY = Set.of("region", "concurrent", "model", "status");
  private static final Set<String> GUARDRAIL = Set.of("id", "words");
  private static final Set<String> ROLE = Set.of("arn");

  private ConditionsJson() {}

  static List<String> accounts(byte[] body) {
    return AdminRequest.list(body, ACCOUNT).stream().map(json -> json.text("account")).toList();
  }

  /** Pairs of account and Region. */
  static List<List<String>> denials(byte[] body) {
    return AdminRequest.list(body, DENIAL).stream()
        .map(json -> List.of(json.text("account"), json.text("region")))
        .toList();
  }

  static List<Capacity> capacities(byte[] body) {
    return AdminRequest.list(body, CAPACITY).stream()
        .map(
            json ->
                new Capacity(
                    json.text("region"),
                    Math.toIntExact(json.number("concurrent")),
                    json.optionalText("model"),
                    json.optionalInt("status", 503)))
        .toList();
  }

  static void guardrails(byte[] body, Guardrails guardrails) {
    for (AdminRequest json : AdminRequest.list(body, GUARDRAIL)) {
      guardrails.add(json.text("id"), Set.of(json.text("words").split(",")));
    }
  }

  static List<String> roles(byte[] body) {
    return AdminRequest.list(body, ROLE).stream().map(json -> json.text("arn")).toList();
  }
}
