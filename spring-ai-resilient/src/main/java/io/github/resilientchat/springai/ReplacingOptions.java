package io.github.resilientchat.springai;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

/**
 * Spring AI 2.0: options are immutable, a request's options replace the model's own, which casts
 * them to its own type, and {@code ChatClient} runs tools. So the merge happens here (maintainers'
 * word on it: https://github.com/spring-projects/spring-ai/pull/6370).
 */
final class ReplacingOptions implements OptionsBridge {

  private static final Class<?> BUILDER = ChatOptions.Builder.class;

  private final MethodHandle getOptions = method(ChatModel.class, "getOptions", ChatOptions.class);
  private final MethodHandle mutate = method(ChatOptions.class, "mutate", BUILDER);
  private final MethodHandle combineWith = method(BUILDER, "combineWith", BUILDER, BUILDER);

  private static MethodHandle method(
      Class<?> type, String name, Class<?> result, Class<?>... parameters) {
    try {
      return MethodHandles.publicLookup().findVirtual(type, name, methodType(result, parameters));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Spring AI is neither 1.1 nor 2.0: no " + name, e);
    }
  }

  @Override
  public @Nullable ChatOptions own(ChatModel model) {
    return (ChatOptions) invoke(getOptions, model);
  }

  @Override
  public @Nullable ChatOptions with(@Nullable ChatOptions own, List<ChatOptions> defaults) {
    @Nullable ChatOptions all = own;
    for (ChatOptions each : defaults) {
      all = all == null ? each : combined(mutated(all), each).build();
    }
    return all;
  }

  /** The merge is done here, so defaults are the model's own. */
  @Override
  public @Nullable ChatOptions over(
      List<ChatOptions> defaults, @Nullable ChatOptions own, @Nullable ChatOptions request) {
    return request;
  }

  private ChatOptions.Builder combined(ChatOptions.Builder base, ChatOptions over) {
    return (ChatOptions.Builder) invoke(combineWith, base, mutated(over).model(unpinned()));
  }

  @Override
  public @Nullable ChatOptions merge(@Nullable ChatOptions own, @Nullable ChatOptions request) {
    if (request == null) {
      return own;
    }
    if (own == null) {
      return withoutModel(request);
    }
    return combined(withoutTools(mutated(own)), request).build();
  }

  /** A request's tools are all there are: {@link #offering} put the model's own among them. */
  @SuppressWarnings("NullAway") // 1.1 does not mark what 2.0 does
  private static ChatOptions.Builder withoutTools(ChatOptions.Builder own) {
    if (own instanceof ToolCallingChatOptions.Builder tools) {
      tools.toolCallbacks((List<ToolCallback>) null).toolContext((Map<String, Object>) null);
    }
    return own;
  }

  @Override
  public ChatOptions offering(ChatOptions empty, List<ChatOptions> own) {
    List<ToolCallback> callbacks = OfferedTools.callbacks(own);
    Map<String, Object> context = OfferedTools.context(own);
    if (callbacks.isEmpty() && context.isEmpty()) {
      return empty;
    }
    ChatOptions.Builder offering = mutated(empty);
    if (offering instanceof ToolCallingChatOptions.Builder tools) {
      tools.toolCallbacks(callbacks).toolContext(context);
    }
    return offering.build();
  }

  @Override
  public ChatOptions withoutModel(ChatOptions options) {
    return mutated(options).model(unpinned()).build();
  }

  @Override
  public boolean modelsRunTools() {
    return false;
  }

  @Override
  public @Nullable ChatOptions toRunTools(
      @Nullable ChatOptions own, @Nullable ChatOptions request) {
    return merge(own, request);
  }

  @Override
  public boolean toolsAreDue(
      @Nullable ChatOptions own, ChatOptions toRunTools, ChatResponse answer) {
    return false;
  }

  @Override
  public boolean mayAskForTools(ChatResponse answer) {
    return false;
  }

  @Override
  public boolean namesTools(ChatOptions options) {
    return false;
  }

  private ChatOptions.Builder mutated(ChatOptions options) {
    return (ChatOptions.Builder) invoke(mutate, options);
  }

  @SuppressWarnings("NullAway") // 1.1 does not mark what 2.0 does
  private static String unpinned() {
    return null;
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> Object invoke(MethodHandle handle, Object... arguments)
      throws E {
    try {
      return handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw (E) e;
    }
  }
}
