package io.github.resilientchat.springai;

import io.github.resilientchat.core.Caller;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The caller that a {@code ChatClient}'s request names, on its way from the last advisor to the
 * model, which takes it: tools and models that the call leads to are calls of their own.
 */
final class NamedCaller {

  private static final String KEY = "resilient.caller.named";
  private static final ThreadLocal<@Nullable Caller> CURRENT = new ThreadLocal<>();

  private NamedCaller() {}

  static <T> T callAs(Caller caller, Supplier<T> call) {
    CURRENT.set(caller);
    try {
      return call.get();
    } finally {
      CURRENT.remove();
    }
  }

  static Context of(Caller caller) {
    return Context.of(KEY, caller);
  }

  static @Nullable Caller take() {
    @Nullable Caller named = CURRENT.get();
    if (named != null) {
      CURRENT.remove();
    }
    return named;
  }

  static @Nullable Caller in(ContextView context) {
    return context.getOrDefault(KEY, null);
  }
}
