package io.github.resilientchat.springai;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * The one place where Spring AI's lines differ: who merges a model's own options with a request's,
 * and who runs tools. Chosen by what is on the class path, so that one jar serves both.
 */
interface OptionsBridge {

  /**
   * The form that fits the Spring AI on the class path.
   *
   * @param eligible whether tools are to be run, where models run them; null: Spring AI's default
   */
  static OptionsBridge present(@Nullable BiPredicate<ChatOptions, ChatResponse> eligible) {
    boolean replacing =
        Arrays.stream(ChatOptions.class.getMethods())
            .anyMatch(method -> "mutate".equals(method.getName()));
    return replacing ? new ReplacingOptions() : MergingOptions.asking(eligible);
  }

  /** The options that a model was built with. */
  @Nullable ChatOptions own(ChatModel model);

  /**
   * The options of a model as if it had been built with these too, of which the last come first.
   */
  @Nullable ChatOptions with(@Nullable ChatOptions own, List<ChatOptions> defaults);

  /**
   * What a request has to say for the defaults to hold where it says nothing itself, if the model
   * puts a request's options over those that it was really built with.
   *
   * @param own with the defaults
   */
  @Nullable ChatOptions over(
      List<ChatOptions> defaults, @Nullable ChatOptions own, @Nullable ChatOptions request);

  /**
   * What to ask a model with: the request's options over its own; null for nothing but its own. The
   * request's model name selects a route and never reaches a model.
   */
  @Nullable ChatOptions merge(@Nullable ChatOptions own, @Nullable ChatOptions request);

  /** The same options without a model name; for option types that cannot be built empty. */
  ChatOptions withoutModel(ChatOptions options);

  /** Empty options with all tools that models were built with, which {@code ChatClient} expects. */
  ChatOptions offering(ChatOptions empty, List<ChatOptions> own);

  /** Whether models of this line run tools themselves, so that it is done for them. */
  boolean modelsRunTools();

  /** What a model that runs tools itself decides by, and runs them with. */
  @Nullable ChatOptions toRunTools(@Nullable ChatOptions own, @Nullable ChatOptions request);

  /** Whether the model would now run the tools that its answer, or a part of it, asks for. */
  boolean toolsAreDue(@Nullable ChatOptions own, ChatOptions toRunTools, ChatResponse answer);

  /** Whether an answer could ask for tools at all, whatever the options are. */
  boolean mayAskForTools(ChatResponse answer);

  /** Whether these options offer tools by name only, which the model resolves. */
  boolean namesTools(ChatOptions options);
}
