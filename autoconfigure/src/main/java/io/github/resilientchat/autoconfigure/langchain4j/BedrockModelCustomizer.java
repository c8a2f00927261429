package io.github.resilientchat.autoconfigure.langchain4j;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import io.github.resilientchat.core.route.Target;

/**
 * Changes LangChain4j's Bedrock model of a target before it is built, as to name its capabilities
 * or to add default parameters. Beans of this type are called in their order, once for each target
 * and way of calling, when the application starts.
 *
 * <p>The client, the model's id and, for blocking calls, no retries are set afterwards and stay. To
 * keep {@code resilient.models.<name>.max-tokens}, default parameters that a customizer sets must
 * say it again.
 */
public interface BedrockModelCustomizer {

  default void customize(Target target, BedrockChatModel.Builder builder) {}

  default void customize(Target target, BedrockStreamingChatModel.Builder builder) {}
}
