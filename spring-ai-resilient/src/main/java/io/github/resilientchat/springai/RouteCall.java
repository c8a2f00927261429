package io.github.resilientchat.springai;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.EdgeRequest;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.RequestTerms;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.BlockingDriver;
import io.github.resilientchat.core.adapter.FreshAnswer;
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.adapter.StreamingCall;
import io.github.resilientchat.core.failure.AttemptFailedException;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.observation.CallObservations;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The model calls that one request leads to: one, or one after the other where the model asks for
 * tools. Each of them is a call of its own to the engine.
 */
final class RouteCall {

  private final KnownRoute route;
  private final OptionsBridge bridge;
  private final Caller caller;
  private final StreamThreads threads;
  private final CallObservations observations;
  private final @Nullable EdgeRequest request = EdgeRequest.current().orElse(null);
  private volatile @Nullable Target served;
  private volatile @Nullable ToolOptions toolOptions;

  /** Made once for an answer, however many parts it has. */
  private record ToolOptions(
      Target target, @Nullable ChatOptions request, @Nullable ChatOptions options) {}

  RouteCall(
      KnownRoute route,
      OptionsBridge bridge,
      Caller caller,
      StreamThreads threads,
      CallObservations observations) {
    this.route = route;
    this.bridge = bridge;
    this.caller = caller;
    this.threads = threads;
    this.observations = observations;
  }

  Caller caller() {
    return caller;
  }

  ChatResponse call(Prompt prompt) {
    try {
      BlockingDriver.Answer<ChatResponse> answer =
          BlockingDriver.drive(
              route.router(), modelCall(prompt, false), new Calls(prompt, trail()));
      return AnswerMetadata.stamp(answer.response(), answer.target(), answer::report);
    } catch (UnreadableToolCall refused) {
      throw refused.error();
    }
  }

  /**
   * A stream that makes the call each time it is subscribed to.
   *
   * @param fresh the answer that it may go on with after it broke
   */
  Flux<ChatResponse> stream(Prompt prompt, FreshAnswer fresh) {
    Publisher<ChatResponse> stream =
        subscriber -> {
          Context context = Operators.toCoreSubscriber(subscriber).currentContext();
          SubscriberAudience audience = new SubscriberAudience(subscriber, threads);
          StreamingCall<ChatResponse> call =
              new StreamingCall<>(
                  route.router(),
                  modelCall(prompt, true),
                  new StreamedPrompt(target -> parts(target, prompt), context, trail()),
                  audience,
                  threads,
                  fresh,
                  this::carryingTheCaller);
          try (EdgeRequest.Scope ignored = EdgeRequest.open(request)) {
            audience.begin(call);
          }
        };
    return Flux.from(stream);
  }

  private Runnable carryingTheCaller(Runnable task) {
    return () -> {
      try (EdgeRequest.Scope served = EdgeRequest.open(request);
          CallerScope own =
              caller.isAnonymous() ? CallerScope.unchanged() : CallerScope.carry(caller)) {
        task.run();
      }
    };
  }

  private AttemptTrail trail() {
    return observations.isNoop() ? AttemptTrail.NONE : new AttemptTrail(observations, route.name());
  }

  private Flux<ChatResponse> parts(Target target, Prompt prompt) {
    String author = route.model(target).author();
    Prompt asked = promptFor(target, prompt);
    Flux<ChatResponse> parts;
    try {
      parts = said(model(target).stream(asked));
    } catch (RuntimeException error) {
      throw UnreadableToolCall.in(asked, error);
    }
    return parts
        .map(part -> Authorship.noted(part, author))
        .onErrorMap(RuntimeException.class, error -> UnreadableToolCall.in(asked, error));
  }

  /** Nothing that Java's types keep a model from. */
  private static <T> T said(@Nullable T answer) {
    if (answer == null) {
      throw AttemptFailedException.noAnswer();
    }
    return answer;
  }

  RoutePolicy policy() {
    return route.router().route().policy();
  }

  /**
   * The prompt with the options that the model asked last runs tools with, and all that any model
   * wrote: the conversation may return to its author.
   */
  Prompt asServed(Prompt prompt) {
    return new Prompt(prompt.getInstructions(), toolOptions(prompt));
  }

  /** Whether models run tools themselves on this line of Spring AI, so that nobody else does. */
  boolean runTools() {
    return bridge.modelsRunTools();
  }

  /** Whether the model that answered would now run the tools that it asks for. */
  boolean toolsAreDue(Prompt prompt, ChatResponse answer) {
    if (!bridge.modelsRunTools() || !bridge.mayAskForTools(answer)) {
      return false;
    }
    ChatOptions options = toolOptions(prompt);
    return options != null
        && bridge.toolsAreDue(route.model(servedBy()).options(), options, answer);
  }

  private @Nullable ChatOptions toolOptions(Prompt prompt) {
    Target target = servedBy();
    ToolOptions known = toolOptions;
    if (known == null || known.target() != target || known.request() != prompt.getOptions()) {
      KnownModel model = route.model(target);
      known =
          new ToolOptions(
              target,
              prompt.getOptions(),
              bridge.toRunTools(model.options(), model.asked(prompt.getOptions())));
      toolOptions = known;
    }
    return known.options();
  }

  private Target servedBy() {
    return Objects.requireNonNull(served, "no target was asked yet");
  }

  private ChatModel model(Target target) {
    served = target;
    return route.model(target).model();
  }

  private Prompt promptFor(Target target, Prompt prompt) {
    KnownModel known = route.model(target);
    List<Message> said = prompt.getInstructions();
    List<Message> readable = Authorship.readableBy(known.author(), Discarded.removed(said));
    @Nullable ChatOptions options = bridge.merge(known.options(), known.asked(prompt.getOptions()));
    return readable == said && options == prompt.getOptions()
        ? prompt
        : new Prompt(readable, options);
  }

  private ModelCall modelCall(Prompt prompt, boolean streaming) {
    ModelCall call =
        new ModelCall(
            caller,
            RequestFacts.estimate(prompt, route.mostTokens()),
            RequestFacts.needs(prompt, bridge),
            null,
            streaming,
            RequestTerms.NONE,
            RequestFacts.prefix(prompt));
    if (request == null) {
      return call;
    }
    try (EdgeRequest.Scope ignored = EdgeRequest.open(request)) {
      return EdgeRequest.serve(call, route.name(), policy().timeout());
    }
  }

  private final class Calls implements BlockingDriver.Models<ChatResponse> {

    private final Prompt prompt;
    private final AttemptTrail trail;

    private Calls(Prompt prompt, AttemptTrail trail) {
      this.prompt = prompt;
      this.trail = trail;
    }

    @Override
    public ChatResponse call(Target target) {
      Prompt asked = promptFor(target, prompt);
      ChatResponse answer;
      try {
        answer = trail.call(target, () -> said(model(target).call(asked)));
      } catch (RuntimeException error) {
        throw UnreadableToolCall.in(asked, error);
      }
      return Authorship.noted(answer, route.model(target).author());
    }

    @Override
    public @Nullable Usage usageOf(ChatResponse answer) {
      return AnswerTokens.of(answer);
    }
  }
}
