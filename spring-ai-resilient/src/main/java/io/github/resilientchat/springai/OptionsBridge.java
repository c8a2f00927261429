package io.github.resilientchat.springai;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * The one place where Spring AI's lines differ: who merges a model's own options with a request's,
 * and who runs tools. Chosen by what is on the class path, so that one jar serves both.
 */
interface OptionsBridge {

  /** The form that fits the Spring AI on the class path. */
  static OptionsBridge present() {
    boolean replacing =
        Arrays.stream(ChatOptions.class.getMethods())
            .map(Method::getName)
            .anyMatch("mutate"::equals);
    return replacing ? new ReplacingOptions() : new MergingOptions();
  }

  /** The options that a model was built with. */
  @Nullable ChatOptions own(ChatModel model);

  /**
   * What to ask a model with: the request's options over its own. The request's model name selects
   * a route and never reaches a model.
   */
  @Nullable ChatOptions merge(ChatModel model, @Nullable ChatOptions request);

  /** The same options without a model name; for option types that cannot be built empty. */
  ChatOptions withoutModel(ChatOptions options);

  /** Whether whoever sends these options relies on the model to run the tools it asks for. */
  boolean modelRunsTools(ChatModel model, @Nullable ChatOptions request);

  /** Whether these options offer tools by name only, which the model resolves. */
  boolean namesTools(ChatOptions options);
}
