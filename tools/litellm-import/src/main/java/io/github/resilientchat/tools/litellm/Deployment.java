package io.github.resilientchat.tools.litellm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of LiteLLM's model_list.
 *
 * @param group what requests name
 * @param model the Bedrock id
 * @param account what its credentials come from, in LiteLLM's words
 * @param limits as this library writes them, such as {@code 3rpm 100ktpm}
 */
record Deployment(
    String group,
    String model,
    @Nullable String region,
    Map<String, String> account,
    String limits,
    @Nullable Integer weight,
    int order,
    Map<String, Object> params,
    Map<String, Object> info) {

  private static final String BEDROCK = "bedrock/";
  private static final List<String> ROUTES = List.of("converse/", "invoke/", "converse_like/");

  /** An entry; null when it is none of Bedrock's. */
  static @Nullable Deployment of(Map<String, Object> entry) {
    Map<String, Object> params = Yaml.map(entry.get("litellm_params"));
    @Nullable String group = Yaml.text(entry.get("model_name"));
    @Nullable String model = Yaml.text(params.get("model"));
    if (group == null || model == null || !model.startsWith(BEDROCK)) {
      return null;
    }
    @Nullable String region = Yaml.text(params.get("aws_region_name"));
    String id = model.substring(BEDROCK.length());
    for (String route : ROUTES) {
      id = id.startsWith(route) ? id.substring(route.length()) : id;
    }
    int slash = id.indexOf('/');
    if (slash > 0 && !id.startsWith("arn:")) {
      region = region == null ? id.substring(0, slash) : region;
      id = id.substring(slash + 1);
    }
    return new Deployment(
        group,
        id,
        region,
        account(params),
        limits(entry, params),
        number(params.get("weight")),
        params.containsKey("order") ? Math.max(1, orOne(number(params.get("order")))) : 1,
        params,
        Yaml.map(entry.get("model_info")));
  }

  private static int orOne(@Nullable Integer number) {
    return number == null ? 1 : number;
  }

  static @Nullable Integer number(@Nullable Object value) {
    return value instanceof Number number ? number.intValue() : null;
  }

  private static Map<String, String> account(Map<String, Object> params) {
    Map<String, String> account = new java.util.TreeMap<>();
    for (String key :
        List.of(
            "aws_profile_name",
            "aws_role_name",
            "aws_session_name",
            "aws_external_id",
            "aws_web_identity_token",
            "aws_access_key_id",
            "aws_secret_access_key",
            "aws_session_token",
            "aws_bedrock_runtime_endpoint",
            "api_key")) {
      @Nullable String value = Yaml.text(params.get(key));
      if (value != null) {
        account.put(key, value);
      }
    }
    return account;
  }

  /** LiteLLM reads them from either place. */
  private static String limits(Map<String, Object> entry, Map<String, Object> params) {
    List<String> limits = new ArrayList<>();
    for (String unit : List.of("rpm", "tpm")) {
      Object value = entry.containsKey(unit) ? entry.get(unit) : params.get(unit);
      if (value instanceof Number number && number.longValue() > 0) {
        limits.add(short1000(number.longValue()) + unit);
      }
    }
    if (params.get("max_parallel_requests") instanceof Number most && most.longValue() > 0) {
      limits.add(most.longValue() + "par");
    }
    return String.join(" ", limits);
  }

  private static String short1000(long number) {
    if (number % 1_000_000 == 0) {
      return number / 1_000_000 + "m";
    }
    return number % 1_000 == 0 ? number / 1_000 + "k" : String.valueOf(number);
  }
}
