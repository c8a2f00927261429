package io.github.resilientchat.springai;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.adapter.CallerChain;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Whom all model calls of one {@code ChatClient} call are made for. Its tools and the rounds after
 * them may run on other threads than the first round, and advisors before it may change threads
 * too; so what the first thread knows is noted there, and whom the first round was made for.
 */
final class RoundsCaller {

  private static final String KEY = "resilient.caller.rounds";
  private static final ThreadLocal<@Nullable RoundsCaller> CURRENT = new ThreadLocal<>();

  private final @Nullable Caller said;
  private final @Nullable Caller carried;
  private volatile @Nullable Caller first;

  private RoundsCaller(@Nullable Caller said, @Nullable Caller carried) {
    this.said = said;
    this.carried = carried;
  }

  /** For a call whose request names the caller. */
  static RoundsCaller of(@Nullable Caller named) {
    return new RoundsCaller(named, null);
  }

  /** Notes whom this thread works for: as the application says, and as the library left it. */
  static RoundsCaller here(CallerResolver resolver) {
    Optional<Caller> said = CallerScope.opened();
    if (said.isEmpty()) {
      @Nullable Optional<Caller> resolved = resolver.resolve();
      said = resolved == null ? Optional.empty() : resolved;
    }
    Caller carried = CallerScope.carried().or(RoundsCaller::ofTool).orElse(null);
    return new RoundsCaller(said.orElse(null), carried);
  }

  Context context() {
    return Context.of(KEY, this);
  }

  <T> T within(Supplier<T> call) {
    RoundsCaller before = CURRENT.get();
    CURRENT.set(this);
    try {
      return call.get();
    } finally {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    }
  }

  private static Optional<RoundsCaller> in(ContextView context) {
    return context.getOrEmpty(KEY);
  }

  private static Optional<RoundsCaller> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Whom a blocking call is made for. */
  static Caller ofCall(CallerChain chain, @Nullable Caller view) {
    Caller found = chain.resolve(NamedCaller.take(), view, null);
    @Nullable RoundsCaller rounds = CURRENT.get();
    return rounds == null ? found : rounds.keep(found);
  }

  /** Whom a stream is made for that is subscribed to in this context. */
  static Caller ofStream(CallerChain chain, @Nullable Caller view, ContextView context) {
    Optional<RoundsCaller> rounds = in(context);
    Caller said = CallerContext.in(context).orElse(rounds.map(RoundsCaller::known).orElse(null));
    Caller found = chain.resolve(NamedCaller.in(context), view, said);
    return rounds.map(all -> all.keep(found)).orElse(found);
  }

  /** Whom the Reactor context of this call would name, had the application put her there. */
  private @Nullable Caller known() {
    Caller known = first;
    return known == null ? said : known;
  }

  /** The caller of this round, if nobody nearer says: once known, that of all later ones. */
  private Caller keep(Caller found) {
    Caller caller = found.isAnonymous() && carried != null ? carried : found;
    if (first == null && !caller.isAnonymous()) {
      first = caller;
    }
    return caller;
  }

  /** After the resolver, for a tool: whom the call is made for that it serves. */
  static CallerResolver after(CallerResolver resolver) {
    return () -> {
      @Nullable Optional<Caller> resolved = resolver.resolve();
      return resolved != null && resolved.isPresent() || CallerScope.carried().isPresent()
          ? resolved
          : ofTool();
    };
  }

  private static Optional<Caller> ofTool() {
    ContextView context = ToolCallReactiveContextHolder.getContext();
    return in(context)
        .or(RoundsCaller::current)
        .flatMap(rounds -> Optional.ofNullable(rounds.known()))
        .or(() -> CallerContext.in(context));
  }
}
