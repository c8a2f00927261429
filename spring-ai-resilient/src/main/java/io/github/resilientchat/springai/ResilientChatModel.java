package io.github.resilientchat.springai;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.adapter.CallerChain;
import io.github.resilientchat.core.adapter.FreshAnswer;
import io.github.resilientchat.core.adapter.KnownRoutes;
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.observation.CallObservations;
import io.micrometer.observation.ObservationRegistry;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import reactor.core.publisher.Flux;

/**
 * A chat model over several: every call goes to the target that the engine chooses, and moves on
 * when it fails. Thread-safe; owns none of the models and needs no closing.
 *
 * <p>A prompt's model name selects a <em>route</em> and reaches no model; its other options go over
 * those that the serving model was built with, so nothing of one target is sent to another. Signed
 * reasoning goes back to the model that wrote it and to no other. Tools run once, however often the
 * call moves; their time is not the route's, whose timeouts hold for each answer. A stream moves
 * only before its first content; after it, it ends with {@link
 * io.github.resilientchat.core.report.StreamInterruptedException}, unless its consumer asked for a
 * restart ({@link BrokenStreams}).
 *
 * <p>Blocking calls stay on the caller's thread. They and streams fail with a {@link
 * io.github.resilientchat.core.report.RoutingException} when no target answered, and with the
 * model's own error when the request itself was refused. Answers say in their metadata who served
 * them: {@code resilient.target}, {@code .attempts}, {@code .moves} and more; the last parts of a
 * stream carry it, on their generations too, where it survives aggregation. Where the model asked
 * for tools it is about the last of its answers.
 *
 * <p>The caller is read once, on entry or subscription, in the order of {@link CallerChain}. A
 * stream's Reactor context reaches every model that it moves to, and so do registered thread-locals
 * where Reactor restores them ({@code spring.reactor.context-propagation=auto}).
 */
public final class ResilientChatModel implements ChatModel {

  private final KnownRoutes<KnownRoute> routes;
  private final OptionsBridge bridge;
  private final EmptyOptions emptyOptions;
  private final CallerChain callers;
  private final ToolCallingManager tools;
  private final CallObservation observation;
  private final StreamThreads threads;
  private final KnownRoute boundRoute;
  private final @Nullable Caller boundCaller;

  private ResilientChatModel(Builder builder) {
    bridge = OptionsBridge.present(builder.eligible);
    routes = builder.known(bridge);
    emptyOptions = new EmptyOptions(bridge, builder.optionsCarrier);
    callers = new CallerChain(RoundsCaller.after(builder.callers));
    tools =
        builder.tools == null
            ? ToolCallingManager.builder()
                .observationRegistry(builder.observations.registry())
                .build()
            : builder.tools;
    observation = new CallObservation(builder.observations);
    threads = builder.threads;
    boundRoute = routes.first();
    boundCaller = null;
  }

  private ResilientChatModel(
      ResilientChatModel model, KnownRoute boundRoute, @Nullable Caller boundCaller) {
    routes = model.routes;
    bridge = model.bridge;
    emptyOptions = model.emptyOptions;
    callers = model.callers;
    tools = model.tools;
    observation = model.observation;
    threads = model.threads;
    this.boundRoute = boundRoute;
    this.boundCaller = boundCaller;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * This model with another default route.
   *
   * @throws io.github.resilientchat.core.report.UnknownRouteException if there is no such route
   */
  public ResilientChatModel forRoute(String name) {
    return new ResilientChatModel(this, routes.route(name), boundCaller);
  }

  /** This model, every call made for this caller. */
  public ResilientChatModel forCaller(Caller caller) {
    return new ResilientChatModel(this, boundRoute, caller);
  }

  /** Names of the routes. */
  public Set<String> routes() {
    return routes.names();
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    KnownRoute route = route(prompt);
    Caller caller = RoundsCaller.ofCall(callers, boundCaller);
    ToolLoop loop =
        new ToolLoop(
            new RouteCall(route, bridge, caller, threads, observation.observations()), tools);
    return observation.isNoop()
        ? loop.call(prompt)
        : observation.observe(route.name(), caller, () -> loop.call(prompt));
  }

  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    return Flux.deferContextual(
        context -> {
          KnownRoute route = route(prompt);
          RouteCall models =
              ServedRequest.within(
                  context,
                  () -> {
                    Caller caller = RoundsCaller.ofStream(callers, boundCaller, context);
                    return new RouteCall(
                        route, bridge, caller, threads, observation.observations());
                  });
          FreshAnswer fresh = BrokenStreams.fresh(context, models.policy());
          Flux<ChatResponse> answer = new ToolLoop(models, tools).stream(prompt, fresh);
          return observation.observe(route.name(), models.caller(), answer);
        });
  }

  /**
   * Options of the targets' own type with nothing set but the tools that the route's models were
   * built with: a target's own values apply.
   */
  @Override
  public ChatOptions getDefaultOptions() {
    return getOptions();
  }

  /** The same, by the name that Spring AI 2.0 asks for. */
  public ChatOptions getOptions() {
    return emptyOptions.of(boundRoute);
  }

  private KnownRoute route(Prompt prompt) {
    ChatOptions options = prompt.getOptions();
    String asked = options == null ? null : options.getModel();
    return asked == null || asked.isBlank() ? boundRoute : routes.route(asked);
  }

  /**
   * Builds a model: either of whole routes, or of one route from single targets and fallbacks.
   *
   * <p>Defaults: an engine of its own, the first route, {@link CallerResolver#scope()}, Spring AI's
   * default tool calling manager, no observations, the adaptive strategy, {@link
   * RoutePolicy#DEFAULTS}.
   */
  public static final class Builder extends RoutesBuilder<Builder> {

    private CallerResolver callers = CallerResolver.scope();
    private CallObservations observations = CallObservations.of(ObservationRegistry.NOOP);
    private StreamThreads threads = StreamThreads.shared();
    private @Nullable ToolCallingManager tools;
    private @Nullable BiPredicate<ChatOptions, ChatResponse> eligible;
    private @Nullable Supplier<ChatOptions> optionsCarrier;

    private Builder() {}

    /** Who a call is made for when neither the model nor the stream says. */
    public Builder callers(CallerResolver value) {
      callers = value;
      return this;
    }

    /**
     * Runs the tools that models ask for, where {@code ChatClient} does not (Spring AI 1.1). What a
     * model was built with (its manager, resolver, exception processor and predicate) it keeps to
     * itself: give it here too.
     */
    public Builder toolCallingManager(ToolCallingManager value) {
      tools = value;
      return this;
    }

    /**
     * Says whether the tools of an answer are run, where models run them (Spring AI 1.1): its
     * {@code ToolExecutionEligibilityPredicate}, a type that 2.0 does not have.
     */
    public Builder toolExecutionEligibilityPredicate(BiPredicate<ChatOptions, ChatResponse> value) {
      eligible = value;
      return this;
    }

    /**
     * Where {@code resilient.chat} observations go, and those of tools that a default manager runs;
     * the models keep their own.
     */
    public Builder observationRegistry(ObservationRegistry value) {
      return observations(CallObservations.of(value));
    }

    /** The same, with the names that observations have and the key that callers are hashed by. */
    public Builder observations(CallObservations value) {
      observations = value;
      return this;
    }

    /**
     * Where subscribers are told and streams go on after a failure or a pause; by default on
     * threads that all models share, of which there are as many as are busy. With fewer, streams
     * wait for each other's subscribers.
     */
    public Builder executor(Executor value) {
      threads = threads.on(value);
      return this;
    }

    @Override
    protected Builder self() {
      return this;
    }

    Builder threads(StreamThreads value) {
      threads = value;
      return this;
    }

    /**
     * Makes the empty options that prompts start from. By default the first target's own type is
     * built empty, which suits types with a {@code builder()}.
     */
    public Builder optionsCarrier(Supplier<ChatOptions> value) {
      optionsCarrier = value;
      return this;
    }

    /**
     * @throws IllegalArgumentException if there is no target, two routes of one name, or no route
     *     of the default's name
     */
    public ResilientChatModel build() {
      return new ResilientChatModel(this);
    }
  }
}
