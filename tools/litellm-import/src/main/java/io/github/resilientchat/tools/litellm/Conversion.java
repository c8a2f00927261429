package io.github.resilientchat.tools.litellm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One configuration on its way into properties. */
final class Conversion {

  private final Map<String, Object> document;
  private final Map<String, String> properties;
  private final List<String> notes;
  private final Names names = new Names();
  private final Map<String, List<Deployment>> groups = new LinkedHashMap<>();
  private final Fallbacks fallbacks;

  Conversion(
      Map<String, Object> document,
      Map<String, String> wishes,
      Map<String, String> properties,
      List<String> notes) {
    this.document = document;
    this.properties = properties;
    this.notes = notes;
    wishes.forEach(names::wish);
    this.fallbacks = new Fallbacks(settings(), notes);
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = Yaml.map(document.get("litellm_settings"));
    settings.putAll(Yaml.map(document.get("router_settings")));
    return settings;
  }

  void run() {
    properties.put("resilient.backend", "aws");
    for (Object entry : Yaml.list(document.get("model_list"))) {
      Map<String, Object> read = Yaml.map(entry);
      @Nullable Deployment deployment = Deployment.of(read);
      if (deployment == null) {
        notes.add(
            "model_list: "
                + Yaml.text(read.get("model_name"))
                + " is no model of Bedrock; this library routes over Bedrock alone");
      } else {
        groups.computeIfAbsent(deployment.group(), group -> new ArrayList<>()).add(deployment);
      }
    }
    AccountImport accounts = new AccountImport(deployments().toList());
    accounts.write(properties, notes);
    Places places = places(accounts);
    models();
    new RouterSettings(settings(), properties, notes).write();
    groups.forEach(
        (group, deployments) -> {
          if (fallbacks.isOnlyAFallback(group, groups.keySet())) {
            notes.add(
                group
                    + ": nothing but a fallback, so it stands in the routes that fall back on it, and is"
                    + " no route of its own");
          } else {
            route(group, deployments, places);
          }
        });
    new Leftovers(document, groups, notes).write();
  }

  /** Where targets are; what most of them have in common is said once. */
  private record Places(AccountImport accounts, @Nullable String region, @Nullable String account) {

    String of(Deployment each) {
      StringBuilder place = new StringBuilder();
      if (each.region() != null && !each.region().equals(region)) {
        place.append('@').append(Environment.reference(each.region()));
      }
      @Nullable String own = accounts.name(each.account());
      return own == null || own.equals(account) ? place.toString() : place + "/" + own;
    }
  }

  private Places places(AccountImport accounts) {
    @Nullable String region = most(Deployment::region);
    @Nullable String account = most(each -> accounts.name(each.account()));
    if (region != null) {
      properties.put("resilient.defaults.region", Environment.reference(region));
    }
    if (account != null) {
      properties.put("resilient.defaults.account", account);
    }
    if (deployments().anyMatch(each -> each.region() == null)) {
      notes.add(
          "deployments without aws_region_name are in resilient.defaults.region here, which is to be"
              + " set where it is not; LiteLLM takes AWS_REGION_NAME or AWS_REGION");
    }
    return new Places(accounts, region, account);
  }

  private Stream<Deployment> deployments() {
    return groups.values().stream().flatMap(List::stream);
  }

  private @Nullable String most(java.util.function.Function<Deployment, @Nullable String> what) {
    Map<String, Integer> counts = new TreeMap<>();
    deployments()
        .map(what)
        .filter(java.util.Objects::nonNull)
        .forEach(value -> counts.merge(String.valueOf(value), 1, Integer::sum));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private List<String> ids() {
    Set<String> ids = new LinkedHashSet<>();
    groups.values().forEach(group -> group.forEach(each -> ids.add(each.model())));
    return List.copyOf(ids);
  }

  private void models() {
    List<String> ids = ids();
    for (List<Deployment> group : groups.values()) {
      for (Deployment each : group) {
        String key = "resilient.models." + names.ofModel(each.model(), ids) + ".";
        properties.put(key + "id", each.model());
        price(each, "input_cost_per_token", key + "input-price");
        price(each, "output_cost_per_token", key + "output-price");
        put(key + "max-tokens", Deployment.number(each.params().get("max_tokens")));
        put(key + "context-window", Deployment.number(each.info().get("max_input_tokens")));
      }
    }
  }

  private void put(String key, @Nullable Integer value) {
    if (value != null) {
      properties.put(key, value.toString());
    }
  }

  private void price(Deployment deployment, String from, String to) {
    Object value =
        deployment.params().containsKey(from)
            ? deployment.params().get(from)
            : deployment.info().get(from);
    if (value instanceof Number number) {
      properties.put(
          to,
          java.math.BigDecimal.valueOf(number.doubleValue())
              .movePointRight(6)
              .stripTrailingZeros()
              .toPlainString());
    }
  }

  private void route(String group, List<Deployment> deployments, Places places) {
    String key = "resilient.routes." + names.of(group) + ".";
    List<String> first = new ArrayList<>();
    Map<Integer, List<String>> later = new TreeMap<>();
    for (Deployment each : deployments) {
      String target = target(each, places);
      if (each.order() == 1) {
        first.add(target);
      } else {
        later.computeIfAbsent(each.order(), order -> new ArrayList<>()).add(target);
      }
    }
    if (first.isEmpty()) {
      first.addAll(later.remove(later.keySet().iterator().next()));
    }
    properties.put(key + "targets", String.join(", ", first));
    List<String> behind = new ArrayList<>();
    later.values().forEach(behind::addAll);
    for (String fallback : fallbacks.of(group)) {
      List<Deployment> of = groups.getOrDefault(fallback, List.of());
      if (of.isEmpty()) {
        notes.add(group + ": its fallback " + fallback + " is in no model_list of Bedrock models");
      } else if (fallbacks.isOnlyAFallback(fallback, groups.keySet())) {
        of.forEach(each -> behind.add(target(each, places)));
      } else {
        behind.add("route:" + names.of(fallback));
      }
    }
    if (!behind.isEmpty()) {
      properties.put(key + "fallbacks", String.join(", ", behind));
    }
    List<String> on = fallbacks.reasons(group);
    if (!on.isEmpty()) {
      properties.put(key + "fallback-on", String.join(", ", on));
    }
    times(key, deployments);
  }

  private void times(String key, List<Deployment> deployments) {
    for (Map.Entry<String, String> time : RouterSettings.TIMES.entrySet()) {
      deployments.stream()
          .map(each -> each.params().get(time.getKey()))
          .filter(Number.class::isInstance)
          .map(value -> ((Number) value).doubleValue())
          .max(Double::compare)
          .ifPresent(most -> properties.put(key + time.getValue(), RouterSettings.time(most)));
    }
  }

  private String target(Deployment each, Places places) {
    StringBuilder target =
        new StringBuilder(names.ofModel(each.model(), ids())).append(places.of(each));
    if (each.weight() != null && each.weight() > 1) {
      target.append('*').append(each.weight());
    }
    return each.limits().isEmpty() ? target.toString() : target + "(" + each.limits() + ")";
  }
}
