package io.github.resilientchat.springai;

import io.github.resilientchat.core.CallerScope;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import org.springframework.ai.support.UsageCalculator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Runs the tools that a model asks for and tells it the results, above the choice of a target: a
 * fallback in the middle goes on with the results there are, and no tool runs twice. Only where
 * models would run tools themselves; elsewhere {@code ChatClient} does this.
 */
final class ToolLoop {

  private final RouteCall models;
  private final ToolCallingManager tools;

  ToolLoop(RouteCall models, ToolCallingManager tools) {
    this.models = models;
    this.tools = tools;
  }

  ChatResponse call(Prompt prompt) {
    Prompt asked = prompt;
    ChatResponse answer = models.call(asked);
    while (answer.hasToolCalls() && models.modelRunsTools(prompt)) {
      ToolExecutionResult result = run(asked, answer);
      if (result.returnDirect()) {
        return direct(answer, result);
      }
      asked = new Prompt(result.conversationHistory(), prompt.getOptions());
      answer = summed(models.call(asked), answer);
    }
    return answer;
  }

  Flux<ChatResponse> stream(Prompt prompt, Restart restart) {
    return models.anyModelRunsTools(prompt)
        ? stream(prompt, restart, null)
        : restart.around(limit -> models.stream(prompt, limit));
  }

  private Flux<ChatResponse> stream(Prompt asked, Restart restart, @Nullable ChatResponse before) {
    AtomicReference<@Nullable ChatResponse> whole = new AtomicReference<>();
    AtomicReference<@Nullable ChatResponse> last = new AtomicReference<>();
    return restart
        .around(limit -> aggregated(models.stream(asked, limit), whole).doOnNext(last::set))
        .filter(part -> !part.hasToolCalls() || !models.modelRunsTools(asked))
        .map(part -> summed(part, before))
        .concatWith(Flux.defer(() -> next(asked, restart, whole.get(), last.get(), before)));
  }

  /**
   * Around the aggregator, which logs every error with its stack: the caller is told of this one.
   */
  private static Flux<ChatResponse> aggregated(
      Flux<ChatResponse> answer, AtomicReference<@Nullable ChatResponse> whole) {
    return Flux.defer(
        () -> {
          AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
          Flux<ChatResponse> parts =
              answer.onErrorResume(
                  error -> {
                    failure.set(error);
                    return Flux.empty();
                  });
          return new MessageAggregator()
              .aggregate(parts, whole::set)
              .concatWith(Mono.defer(() -> Mono.justOrEmpty(failure.get()).flatMap(Mono::error)));
        });
  }

  private Flux<ChatResponse> next(
      Prompt asked,
      Restart restart,
      @Nullable ChatResponse whole,
      @Nullable ChatResponse last,
      @Nullable ChatResponse before) {
    if (whole == null || last == null || !whole.hasToolCalls() || !models.modelRunsTools(asked)) {
      return Flux.empty();
    }
    ChatResponse answer = summed(whole, before);
    return Flux.deferContextual(
            context -> {
              ToolExecutionResult result;
              // As Spring AI's models do: tools are blocking and read the context from here.
              ToolCallReactiveContextHolder.setContext(context);
              try {
                result = run(asked, answer);
              } finally {
                ToolCallReactiveContextHolder.clearContext();
              }
              return result.returnDirect()
                  ? Flux.just(direct(summed(last, before), result))
                  : stream(
                      new Prompt(result.conversationHistory(), asked.getOptions()),
                      restart,
                      answer);
            })
        .subscribeOn(Schedulers.boundedElastic());
  }

  /** A tool that calls a model does so for the same caller. */
  private ToolExecutionResult run(Prompt asked, ChatResponse answer) {
    return CallerScope.callAs(
        models.caller(), () -> tools.executeToolCalls(models.asServed(asked), answer));
  }

  private static ChatResponse direct(ChatResponse answer, ToolExecutionResult result) {
    return ChatResponse.builder()
        .from(answer)
        .generations(ToolExecutionResult.buildGenerations(result))
        .build();
  }

  /** The answer with the tokens of the answers before it; a part that counts nothing as it is. */
  private static ChatResponse summed(ChatResponse answer, @Nullable ChatResponse before) {
    if (before == null || UsageCalculator.isEmpty(answer.getMetadata().getUsage())) {
      return answer;
    }
    return AnswerMetadata.withUsage(
        answer,
        Objects.requireNonNull(
            UsageCalculator.getCumulativeUsage(answer.getMetadata().getUsage(), before)));
  }
}
