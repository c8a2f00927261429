package io.github.resilientchat.tools.litellm;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What stands in the file and is no model or setting of the router. */
final class Leftovers {

  private static final Set<String> KNOWN =
      Set.of("model_list", "router_settings", "litellm_settings");

  private static final Set<String> CARRIED =
      Set.of(
          "model",
          "aws_region_name",
          "aws_profile_name",
          "aws_role_name",
          "aws_session_name",
          "aws_external_id",
          "aws_web_identity_token",
          "aws_access_key_id",
          "aws_secret_access_key",
          "aws_session_token",
          "aws_bedrock_runtime_endpoint",
          "api_key",
          "rpm",
          "tpm",
          "max_parallel_requests",
          "weight",
          "order",
          "max_tokens",
          "input_cost_per_token",
          "output_cost_per_token");

  private final Map<String, Object> document;
  private final Map<String, List<Deployment>> groups;
  private final List<String> notes;

  Leftovers(
      Map<String, Object> document, Map<String, List<Deployment>> groups, List<String> notes) {
    this.document = document;
    this.groups = groups;
    this.notes = notes;
  }

  void write() {
    params();
    document.forEach(
        (section, value) -> {
          if (section.equals("general_settings")) {
            notes.add(
                "general_settings: the proxy's own (keys, database); who calls is whom Spring Security"
                    + " has signed in (docs/callers.md), limits are plans (docs/quotas.md)");
          } else if (!KNOWN.contains(section) && !section.startsWith("x-")) {
            section(section, Yaml.map(value));
          }
        });
  }

  private void params() {
    Set<String> unknown = new TreeSet<>();
    groups
        .values()
        .forEach(
            group ->
                group.forEach(
                    each ->
                        each.params().keySet().stream()
                            .filter(key -> !CARRIED.contains(key))
                            .filter(key -> !RouterSettings.TIMES.containsKey(key))
                            .forEach(unknown::add)));
    if (!unknown.isEmpty()) {
      notes.add("litellm_params " + unknown + ": set by requests, or have no key here");
    }
  }

  /** Sections of an application's own scripts, which call Bedrock past the router. */
  private void section(String section, Map<String, Object> values) {
    values.forEach(
        (key, value) -> {
          @Nullable String text = Yaml.text(value);
          if (text != null && key.contains("profile") && !isUsed(text)) {
            notes.add(
                "account sharding is not in model_list: no model uses profile '"
                    + text
                    + "' of section "
                    + section
                    + "; to share calls between accounts add resilient.accounts.<name>.profile="
                    + text
                    + " and a target <model>/<name>");
          } else if (text != null && key.contains("model")) {
            notes.add(
                "cross-Region inference is not in model_list: section "
                    + section
                    + " names "
                    + text
                    + "; an inference profile is a target like any other, such as"
                    + " resilient.routes."
                    + section.replaceAll("[^a-z0-9]", "")
                    + ".targets="
                    + text);
          }
        });
    notes.add("section " + section + " is none of LiteLLM's router and was not read further");
  }

  private boolean isUsed(String profile) {
    return groups.values().stream()
        .flatMap(List::stream)
        .anyMatch(each -> profile.equals(each.account().get("aws_profile_name")));
  }
}
