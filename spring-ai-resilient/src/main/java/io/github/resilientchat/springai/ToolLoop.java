package io.github.resilientchat.springai;

import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.adapter.FreshAnswer;
import io.github.resilientchat.core.adapter.StreamThreads;
import java.util.ArrayList;
import java.util.List;
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
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Runs the tools that a model asks for and tells it the results, above the choice of a target: a
 * fallback in the middle goes on with the results there are, and no tool runs twice. Only where
 * models would run tools themselves; elsewhere {@code ChatClient} does this.
 */
final class ToolLoop {

  /**
   * Not Reactor's elastic ones, which are few: an application's own streams would wait there for as
   * long as tools take. Leaving a stream interrupts its tool here as there.
   */
  private static final Scheduler THREADS =
      Schedulers.fromExecutor(StreamThreads.shared().executor());

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

  Flux<ChatResponse> stream(Prompt prompt, FreshAnswer fresh) {
    return models.anyModelRunsTools(prompt)
        ? stream(prompt, fresh, null)
        : models.stream(prompt, fresh);
  }

  private Flux<ChatResponse> stream(
      Prompt asked, FreshAnswer fresh, @Nullable ChatResponse before) {
    return Flux.defer(
        () -> {
          List<ChatResponse> parts = new ArrayList<>();
          return models.stream(asked, fresh)
              .doOnNext(part -> collect(part, parts))
              .filter(part -> !Chunks.hasToolCalls(part) || !models.modelRunsTools(asked))
              .map(part -> summed(part, before))
              .concatWith(Flux.defer(() -> next(asked, fresh, parts, before)));
        });
  }

  private static void collect(ChatResponse part, List<ChatResponse> parts) {
    if (BrokenStreams.isRestart(part)) {
      parts.clear();
    } else {
      parts.add(part);
    }
  }

  /** The parts as one; not while they arrive, since the aggregator logs every error by itself. */
  private static @Nullable ChatResponse whole(List<ChatResponse> parts) {
    AtomicReference<@Nullable ChatResponse> whole = new AtomicReference<>();
    new MessageAggregator().aggregate(Flux.fromIterable(parts), whole::set).subscribe();
    return whole.get();
  }

  private Flux<ChatResponse> next(
      Prompt asked, FreshAnswer fresh, List<ChatResponse> parts, @Nullable ChatResponse before) {
    boolean calls = parts.stream().anyMatch(Chunks::hasToolCalls);
    @Nullable ChatResponse whole = calls && models.modelRunsTools(asked) ? whole(parts) : null;
    if (whole == null || !whole.hasToolCalls()) {
      return Flux.empty();
    }
    ChatResponse last = parts.get(parts.size() - 1);
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
                      new Prompt(result.conversationHistory(), asked.getOptions()), fresh, answer);
            })
        .subscribeOn(THREADS);
  }

  /** A tool that calls a model does so for the same caller. */
  private ToolExecutionResult run(Prompt asked, ChatResponse answer) {
    try (CallerScope ignored = CallerScope.carry(models.caller())) {
      return tools.executeToolCalls(models.asServed(asked), answer);
    }
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
