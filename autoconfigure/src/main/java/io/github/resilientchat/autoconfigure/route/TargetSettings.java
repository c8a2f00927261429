package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.bedrock.RequestShape;
import org.jspecify.annotations.Nullable;

/**
 * How the framework's model of a target is made, as far as the properties say.
 *
 * @param maxTokens longest answer of requests that set none, or null to leave it to the model
 * @param thinking whether the model's reasoning is handed on with its answer; its author wants it
 *     back, signed, with a tool's result
 * @param shape how requests to the target look
 */
public record TargetSettings(@Nullable Integer maxTokens, boolean thinking, RequestShape shape) {

  /** Nothing configured. */
  public static final TargetSettings DEFAULTS =
      new TargetSettings(null, true, RequestShape.AS_IT_IS);

  TargetSettings shapedBy(RequestShape requests) {
    return new TargetSettings(maxTokens, thinking, requests);
  }
}
