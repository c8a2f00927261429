package io.github.resilientchat.autoconfigure.route;

/**
 * How the framework's model of a target is made, as far as the properties say.
 *
 * @param options of requests that do not say them, the target's over its model's
 * @param thinking whether the model's reasoning is handed on with its answer; its author wants it
 *     back, signed, with a tool's result
 */
public record TargetSettings(ModelOptions options, boolean thinking) {

  /** Nothing configured. */
  public static final TargetSettings DEFAULTS = new TargetSettings(ModelOptions.NONE, true);
}
