package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.bedrock.RequestShape;
import io.github.resilientchat.core.Capability;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads how the requests to a target look. */
final class ShapeReader {

  private static final List<String> TIERS = List.of("priority", "default", "flex", "reserved");
  private static final List<String> LATENCIES = List.of("standard", "optimized");
  private static final int MOST_METADATA = 16;
  private static final int LONGEST_METADATA = 256;

  private ShapeReader() {}

  /**
   * The shape of a named target's requests.
   *
   * @param key of the target
   * @param capabilities of its model, or null for everything
   */
  static RequestShape read(
      String key, TargetProperties own, @Nullable Set<Capability> capabilities) {
    RequestShape shape = RequestShape.forCapabilities(capabilities);
    String tier = oneOf(key + ".service-tier", own.serviceTier(), TIERS);
    String latency = oneOf(key + ".latency", own.latency(), LATENCIES);
    if (tier != null && shape.lacks().contains(Capability.SERVICE_TIER)) {
      throw cannot(key + ".service-tier", tier, "has no service tiers");
    }
    if (latency != null
        && latency.equals("optimized")
        && shape.lacks().contains(Capability.LATENCY)) {
      throw cannot(key + ".latency", latency, "has no optimized latency");
    }
    return shape
        .withServiceTier(tier)
        .withLatency(latency)
        .withGuardrail(guardrail(key + ".guardrail", own.guardrail()))
        .withMetadata(metadata(key + ".request-metadata", own.requestMetadata()));
  }

  private static @Nullable String oneOf(String key, @Nullable String value, List<String> all) {
    if (value != null && !all.contains(value)) {
      throw new InvalidConfigurationException(
          key, value, "is none that Bedrock has", "write one of " + String.join(", ", all));
    }
    return value;
  }

  private static InvalidConfigurationException cannot(String key, String value, String why) {
    return new InvalidConfigurationException(
        key,
        value,
        "the target's model " + why,
        "leave it out; or write all that the model can do under"
            + " resilient.models.<name>.capabilities, if it has them by now");
  }

  private static RequestShape.@Nullable Guardrail guardrail(String key, GuardrailProperties own) {
    if (own.id() == null && own.version() == null) {
      return null;
    }
    if (own.id() == null || own.version() == null) {
      throw new InvalidConfigurationException(
          key + (own.id() == null ? ".id" : ".version"),
          null,
          "is missing, though the other half of the guardrail is set",
          "set both, such as id=gr-abc123 and version=1");
    }
    return new RequestShape.Guardrail(own.id(), own.version());
  }

  private static Map<String, String> metadata(String key, Map<String, String> own) {
    if (own.size() > MOST_METADATA) {
      throw new InvalidConfigurationException(
          key,
          null,
          "has " + own.size() + " entries, and Bedrock takes " + MOST_METADATA,
          "leave some out");
    }
    own.forEach(
        (name, value) -> {
          if (value.isEmpty() || value.length() > LONGEST_METADATA) {
            throw new InvalidConfigurationException(
                key + "." + name,
                value,
                "has " + value.length() + " characters, and Bedrock takes 1 to 256",
                "shorten it");
          }
        });
    return own;
  }
}
