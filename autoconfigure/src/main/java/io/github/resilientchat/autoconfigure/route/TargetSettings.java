package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.bedrock.RequestShape;

/**
 * How the framework's model of a target is made, as far as the properties say.
 *
 * @param options of requests that do not say them, the target's over its model's
 * @param thinking whether the model's reasoning is handed on with its answer; its author wants it
 *     back, signed, with a tool's result
 * @param shape how requests to the target look
 */
public record TargetSettings(ModelOptions options, boolean thinking, RequestShape shape) {

  /** Nothing configured. */
  public static final TargetSettings DEFAULTS =
      new TargetSettings(ModelOptions.NONE, true, RequestShape.AS_IT_IS);

  TargetSettings shapedBy(RequestShape requests) {
    return new TargetSettings(options, thinking, requests);
  }

  /** The same with these options, and its own where they say nothing. */
  TargetSettings under(ModelOptions more) {
    return new TargetSettings(more.over(options), thinking, shape);
  }
}
