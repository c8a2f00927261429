package io.github.resilientchat.springai;

import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.adapter.FreshAnswer;
import io.github.resilientchat.core.adapter.StreamThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.MessageAggregator;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The tool loop of Spring AI 1.1's models around the choice of a target instead of below it: a
 * fallback in the middle goes on with the results there are, and no tool runs twice. Whether tools
 * are due is the predicate's word, running them the manager's. On 2.0 {@code ChatClient} does this.
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
    while (models.toolsAreDue(asked, answer)) {
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
    return models.runTools() ? stream(prompt, fresh, null) : models.stream(prompt, fresh);
  }

  /** A round: all parts but those that ask for tools, and then the next one if there are any. */
  private Flux<ChatResponse> stream(
      Prompt asked, FreshAnswer fresh, @Nullable ChatResponse before) {
    return Flux.defer(
        () -> {
          List<ChatResponse> due = new ArrayList<>(1);
          return models.stream(asked, fresh)
              .map(part -> summed(part, before))
              .filter(part -> !isDue(asked, part, due))
              .concatWith(Flux.defer(() -> next(asked, fresh, due)));
        });
  }

  private boolean isDue(Prompt asked, ChatResponse part, List<ChatResponse> due) {
    if (BrokenStreams.isRestart(part)) {
      due.clear();
      return false;
    }
    // Most parts ask for none, and need no merged options to tell.
    return Chunks.hasToolCalls(part) && models.toolsAreDue(asked, part) && due.add(part);
  }

  private Flux<ChatResponse> next(Prompt asked, FreshAnswer fresh, List<ChatResponse> due) {
    if (due.isEmpty()) {
      return Flux.empty();
    }
    ChatResponse answer = due.size() == 1 ? due.get(0) : whole(due);
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
                  ? Flux.just(direct(answer, result))
                  : stream(
                      new Prompt(result.conversationHistory(), asked.getOptions()), fresh, answer);
            })
        .subscribeOn(THREADS);
  }

  /** Models that ask for each tool in a part of its own ask for all of them in one round. */
  private static ChatResponse whole(List<ChatResponse> due) {
    AtomicReference<@Nullable ChatResponse> whole = new AtomicReference<>();
    new MessageAggregator().aggregate(Flux.fromIterable(due), whole::set).subscribe();
    Usage counted = due.get(due.size() - 1).getMetadata().getUsage();
    return AnswerMetadata.withUsage(Objects.requireNonNull(whole.get()), counted);
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

  /** The answer, or a part of it, with the tokens of the rounds before it. */
  private static ChatResponse summed(ChatResponse answer, @Nullable ChatResponse before) {
    @Nullable Usage earlier = before == null ? null : before.getMetadata().getUsage();
    return earlier == null
        ? answer
        : AnswerMetadata.withUsage(
            answer, SummedUsage.of(answer.getMetadata().getUsage(), earlier));
  }
}
