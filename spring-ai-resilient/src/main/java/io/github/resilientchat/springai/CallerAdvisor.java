package io.github.resilientchat.springai;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.CallerScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * Tells the model whom a {@code ChatClient} call is made for: {@code .advisors(a ->
 * a.param(CallerAdvisor.USER, id))}. A model sees no advisor parameters, so the caller travels on
 * the thread of a call and in the Reactor context of a stream; nothing of it enters the prompt,
 * whose metadata models may send on.
 *
 * <p>Whoever the caller is and however she is known: all rounds of a tool loop are hers, whoever
 * runs the tools and wherever, and so are the calls of models that tools make.
 *
 * <p>Stateless. Runs before the advisors for memory and tools, so that their calls count too. Those
 * are made for the caller as for one whose scope is open; that the request's own call is made for
 * the caller before anybody else, a view's included, takes {@link #advisors both}.
 */
public final class CallerAdvisor implements CallAdvisor, StreamAdvisor {

  /** Advisor parameter: the verified user's stable id. */
  public static final String USER = "resilient.user";

  /** Advisor parameter: the verified tenant's stable id. */
  public static final String TENANT = "resilient.tenant";

  private final CallerResolver resolver;

  /** An advisor that knows no resolver: the model's own is asked as its first round begins. */
  public CallerAdvisor() {
    this(Optional::empty);
  }

  /**
   * An advisor that asks the resolver where the stream is subscribed to: advisors between it and
   * the model, such as those of chat memories, may change to threads where it knows nobody.
   */
  public CallerAdvisor(CallerResolver resolver) {
    this.resolver = resolver;
  }

  /**
   * This advisor and the one that stands right before the model: {@code
   * ChatClient.builder(model).defaultAdvisors(CallerAdvisor.advisors())}.
   */
  public static List<Advisor> advisors() {
    return advisors(Optional::empty);
  }

  /** The same with {@linkplain #CallerAdvisor(CallerResolver) a resolver}. */
  public static List<Advisor> advisors(CallerResolver resolver) {
    return List.of(new CallerAdvisor(resolver), new LastAdvisor());
  }

  @Override
  public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
    Optional<Caller> caller = caller(request);
    return caller.isEmpty()
        ? RoundsCaller.here(Optional::empty).within(() -> chain.nextCall(request))
        : RoundsCaller.of(caller.get())
            .within(() -> CallerScope.callAs(caller.get(), () -> chain.nextCall(request)));
  }

  @Override
  public Flux<ChatClientResponse> adviseStream(
      ChatClientRequest request, StreamAdvisorChain chain) {
    return Flux.deferContextual(
        context -> {
          Flux<ChatClientResponse> answer = chain.nextStream(request);
          Optional<Caller> named = caller(request);
          Optional<Caller> known = named.or(() -> CallerContext.in(context));
          RoundsCaller rounds =
              known.isPresent()
                  ? RoundsCaller.of(known.get())
                  : ServedRequest.within(context, () -> RoundsCaller.here(resolver));
          Context callers = named.map(CallerContext::of).orElse(Context.empty());
          return answer.contextWrite(callers.putAll(rounds.context().readOnly()));
        });
  }

  @Override
  public String getName() {
    return "resilientCaller";
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 100;
  }

  private static Optional<Caller> caller(ChatClientRequest request) {
    String user = text(request.context(), USER);
    String tenant = text(request.context(), TENANT);
    return user == null && tenant == null
        ? Optional.empty()
        : Optional.of(new Caller(user, tenant, Set.of()));
  }

  private static @Nullable String text(Map<String, @Nullable Object> context, String key) {
    Object value = context.get(key);
    return value == null ? null : value.toString();
  }

  /** Names the caller to the model alone. */
  private static final class LastAdvisor implements CallAdvisor, StreamAdvisor {

    @Override
    public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
      Optional<Caller> caller = caller(request);
      return caller.isEmpty()
          ? chain.nextCall(request)
          : NamedCaller.callAs(caller.get(), () -> chain.nextCall(request));
    }

    @Override
    public Flux<ChatClientResponse> adviseStream(
        ChatClientRequest request, StreamAdvisorChain chain) {
      Flux<ChatClientResponse> answer = chain.nextStream(request);
      return caller(request)
          .map(caller -> answer.contextWrite(NamedCaller.of(caller)))
          .orElse(answer);
    }

    @Override
    public String getName() {
      return "resilientCallerOfTheModel";
    }

    @Override
    public int getOrder() {
      return Ordered.LOWEST_PRECEDENCE - 100;
    }
  }
}
