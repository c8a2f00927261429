package io.github.resilientchat.springai;

import io.github.resilientchat.core.Caller;
import java.util.Optional;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The caller in a Reactor context, for streams: {@code
 * model.stream(prompt).contextWrite(CallerContext.of(caller))}. Streams change threads, so a {@link
 * io.github.resilientchat.core.CallerScope} is only seen where they are subscribed to.
 */
public final class CallerContext {

  /** Key of the caller in a context. */
  public static final String KEY = "resilient.caller";

  private CallerContext() {}

  /** A context that holds the caller. */
  public static Context of(Caller caller) {
    return Context.of(KEY, caller);
  }

  /** The caller that a context holds. */
  public static Optional<Caller> in(ContextView context) {
    return context.getOrEmpty(KEY);
  }
}
