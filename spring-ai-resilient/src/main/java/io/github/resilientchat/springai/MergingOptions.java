package io.github.resilientchat.springai;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.DefaultToolExecutionEligibilityPredicate;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolExecutionEligibilityPredicate;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.util.ReflectionUtils;

/**
 * Spring AI 1.1: options are mutable, models merge the request's over their own, and run tools
 * themselves unless told not to. They are told not to: a model that fails in the middle of its own
 * loop would leave the next one to run every tool again.
 */
final class MergingOptions implements OptionsBridge {

  private final ToolExecutionEligibilityPredicate eligible;

  private MergingOptions(ToolExecutionEligibilityPredicate eligible) {
    this.eligible = eligible;
  }

  static MergingOptions asking(@Nullable BiPredicate<ChatOptions, ChatResponse> eligible) {
    if (eligible == null) {
      return new MergingOptions(new DefaultToolExecutionEligibilityPredicate());
    }
    return new MergingOptions(
        eligible instanceof ToolExecutionEligibilityPredicate predicate
            ? predicate
            : eligible::test);
  }

  @Override
  public @Nullable ChatOptions own(ChatModel model) {
    return model.getDefaultOptions();
  }

  @Override
  public @Nullable ChatOptions with(@Nullable ChatOptions own, List<ChatOptions> defaults) {
    @Nullable ChatOptions all = own;
    for (ChatOptions each : defaults) {
      all = all == null ? each.copy() : LayeredOptions.over(all, each);
    }
    return all;
  }

  @Override
  public @Nullable ChatOptions over(
      List<ChatOptions> defaults, @Nullable ChatOptions own, @Nullable ChatOptions request) {
    if (defaults.isEmpty()) {
      return request;
    }
    if (request == null) {
      return own == null ? null : own.copy();
    }
    ChatOptions all = request;
    for (int nearest = defaults.size() - 1; nearest >= 0; nearest--) {
      all = LayeredOptions.of(all, defaults.get(nearest));
    }
    return all;
  }

  @Override
  public @Nullable ChatOptions merge(@Nullable ChatOptions own, @Nullable ChatOptions request) {
    if (request == null && !(own instanceof ToolCallingChatOptions)) {
      return null;
    }
    @Nullable ChatOptions asked = toRunTools(own, request);
    if (asked instanceof ToolCallingChatOptions tools) {
      tools.setInternalToolExecutionEnabled(false);
    }
    return asked;
  }

  @Override
  public @Nullable ChatOptions toRunTools(
      @Nullable ChatOptions own, @Nullable ChatOptions request) {
    if (request == null) {
      return own == null ? null : own.copy();
    }
    ChatOptions asked = asked(request, own);
    if (asked instanceof ToolCallingChatOptions tools
        && own instanceof ToolCallingChatOptions ownTools) {
      if (tools.getInternalToolExecutionEnabled() == null) {
        tools.setInternalToolExecutionEnabled(ownTools.getInternalToolExecutionEnabled());
      }
      if (ModelHabits.of(own).mergesTools()) {
        inherit(tools, ownTools);
      }
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
  public ChatOptions offering(ChatOptions empty, List<ChatOptions> own) {
    List<ToolCallback> callbacks = OfferedTools.callbacks(own);
    Map<String, Object> context = OfferedTools.context(own);
    Set<String> names = new HashSet<>();
    own.forEach(
        options -> {
          if (options instanceof ToolCallingChatOptions tools) {
            names.addAll(tools.getToolNames());
          }
        });
    boolean any = !callbacks.isEmpty() || !names.isEmpty() || !context.isEmpty();
    if (any && empty instanceof ToolCallingChatOptions tools) {
      tools.setToolCallbacks(new ArrayList<>(callbacks));
      tools.setToolNames(names);
      tools.setToolContext(new HashMap<>(context));
    }
    return empty;
  }

  @Override
  public boolean modelsRunTools() {
    return true;
  }

  @Override
  public boolean toolsAreDue(
      @Nullable ChatOptions own, ChatOptions toRunTools, ChatResponse answer) {
    return mayAskForTools(answer)
        && eligible.isToolExecutionRequired(toRunTools, answer)
        && ModelHabits.of(own).runsToolsAfter(answer);
  }

  /** The default predicate asks for tool calls too, by streams over every part of an answer. */
  @Override
  public boolean mayAskForTools(ChatResponse answer) {
    return !(eligible instanceof DefaultToolExecutionEligibilityPredicate)
        || Chunks.hasToolCalls(answer);
  }

  @Override
  public boolean namesTools(ChatOptions options) {
    return options instanceof ToolCallingChatOptions tools && !tools.getToolNames().isEmpty();
  }
}
