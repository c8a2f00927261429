package io.github.resilientchat.springai;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.util.ReflectionUtils;

/**
 * Spring AI 1.1: options are mutable, models merge the request's over their own, and run tools
 * themselves unless told not to. They are told not to: a model that fails in the middle of its own
 * loop would leave the next one to run every tool again.
 */
final class MergingOptions implements OptionsBridge {

  @Override
  public @Nullable ChatOptions own(ChatModel model) {
    return model.getDefaultOptions();
  }

  @Override
  public @Nullable ChatOptions merge(ChatModel model, @Nullable ChatOptions request) {
    ChatOptions own = own(model);
    ChatOptions asked = request == null ? copy(own) : asked(request, own);
    if (asked instanceof ToolCallingChatOptions tools) {
      if (own instanceof ToolCallingChatOptions ownTools && request != null) {
        inherit(tools, ownTools);
      }
      tools.setInternalToolExecutionEnabled(false);
    }
    return asked;
  }

  private ChatOptions asked(ChatOptions request, @Nullable ChatOptions own) {
    boolean plain = !(request instanceof ToolCallingChatOptions);
    return plain && own instanceof ToolCallingChatOptions
        ? toolCalling(request)
        : withoutModel(request);
  }

  /** Plain options cannot say that the model must not run tools. */
  private static ToolCallingChatOptions toolCalling(ChatOptions request) {
    return ToolCallingChatOptions.builder()
        .frequencyPenalty(request.getFrequencyPenalty())
        .maxTokens(request.getMaxTokens())
        .presencePenalty(request.getPresencePenalty())
        .stopSequences(request.getStopSequences())
        .temperature(request.getTemperature())
        .topK(request.getTopK())
        .topP(request.getTopP())
        .build();
  }

  /**
   * {@code BedrockProxyChatModel} lets a request's empty tools hide its own, because they are never
   * null.
   */
  private static void inherit(ToolCallingChatOptions tools, ToolCallingChatOptions own) {
    tools.setToolCallbacks(
        ToolCallingChatOptions.mergeToolCallbacks(
            tools.getToolCallbacks(), own.getToolCallbacks()));
    tools.setToolNames(
        ToolCallingChatOptions.mergeToolNames(tools.getToolNames(), own.getToolNames()));
    tools.setToolContext(
        ToolCallingChatOptions.mergeToolContext(tools.getToolContext(), own.getToolContext()));
  }

  @Override
  public ChatOptions withoutModel(ChatOptions options) {
    ChatOptions copy = options.copy();
    if (copy.getModel() != null) {
      // Every implementation has this setter; the interface does not.
      Method setModel = ReflectionUtils.findMethod(copy.getClass(), "setModel", String.class);
      if (setModel == null) {
        throw new IllegalArgumentException(
            copy.getClass().getName()
                + " has no setModel: leave the model name out of its options");
      }
      ReflectionUtils.makeAccessible(setModel);
      ReflectionUtils.invokeMethod(setModel, copy, (Object) null);
    }
    return copy;
  }

  @Override
  public boolean modelRunsTools(ChatModel model, @Nullable ChatOptions request) {
    Boolean asked = switchIn(request);
    return !Boolean.FALSE.equals(asked == null ? switchIn(own(model)) : asked);
  }

  private static @Nullable Boolean switchIn(@Nullable ChatOptions options) {
    return options instanceof ToolCallingChatOptions tools
        ? tools.getInternalToolExecutionEnabled()
        : null;
  }

  @Override
  public boolean namesTools(ChatOptions options) {
    return options instanceof ToolCallingChatOptions tools && !tools.getToolNames().isEmpty();
  }

  private static @Nullable ChatOptions copy(@Nullable ChatOptions options) {
    return options == null ? null : options.copy();
  }
}
