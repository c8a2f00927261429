package io.github.resilientchat.autoconfigure.springai;

import io.github.resilientchat.core.route.Target;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;

/**
 * Changes the default options of Spring AI's Bedrock model of a target, as to send fields of that
 * model alone. Beans of this type are called in their order, once for each target, when the
 * application starts. They must leave the model's id as it is, or the start fails.
 */
@FunctionalInterface
public interface BedrockOptionsCustomizer {

  /** The options to start from, such as {@code options.copy()} with a change, or the same ones. */
  BedrockChatOptions customize(Target target, BedrockChatOptions options);
}
