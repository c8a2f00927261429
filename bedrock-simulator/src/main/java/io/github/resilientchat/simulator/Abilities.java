package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/** Refuses what a model cannot be sent, in the words of the real service. */
final class Abilities {

  private Abilities() {}

  /** Throws {@link Refused} when the request holds what the model lacks. */
  static void require(Model model, ConverseRequest request) {
    JsonNode json = request.json();
    if (model.lacks().contains("tools") && json.path("toolConfig").path("tools").size() > 0) {
      throw unsupported("This model doesn't support tool use.");
    }
    if (model.lacks().contains("images") && anyBlock(json, block -> block.has("image"))) {
      throw unsupported("This model doesn't support the image content block that you provided.");
    }
    if (model.lacks().contains("documents") && anyBlock(json, block -> block.has("document"))) {
      throw unsupported("This model doesn't support documents.");
    }
    if (model.lacks().contains("cache-points") && hasCachePoint(json)) {
      // Seen as a 403 (models.dev, PR 5082): it is not about the account.
      throw new Refused(
          ApiError.of(
              403,
              "AccessDeniedException",
              "You invoked an unsupported model or your request did not allow prompt caching. See"
                  + " the documentation for more information."));
    }
    if (model.lacks().contains("service-tier") && json.has("serviceTier")) {
      throw unsupported(
          "The service tier %s is not supported for this model."
              .formatted(json.path("serviceTier").path("type").asText()));
    }
    if (model.lacks().contains("latency")
        && json.path("performanceConfig").path("latency").asText().equals("optimized")) {
      throw unsupported("Latency performance configuration is not supported for " + model.id());
    }
  }

  private static Refused unsupported(String message) {
    return new Refused(ApiError.validation(message));
  }

  private static boolean hasCachePoint(JsonNode json) {
    return any(json.path("system"), block -> block.has("cachePoint"))
        || any(json.path("toolConfig").path("tools"), block -> block.has("cachePoint"))
        || anyBlock(json, block -> block.has("cachePoint"));
  }

  private static boolean anyBlock(JsonNode json, Predicate<JsonNode> wanted) {
    return any(json.path("messages"), message -> any(message.path("content"), wanted));
  }

  private static boolean any(JsonNode list, Predicate<JsonNode> wanted) {
    for (JsonNode each : list) {
      if (wanted.test(each)) {
        return true;
      }
    }
    return false;
  }
}
