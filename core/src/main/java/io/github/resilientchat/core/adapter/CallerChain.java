package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.CallerScope;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom a call is made for: the nearest to the call that says so, and the application's word about a
 * thread before the library's. In this order, for every framework, blocking and streaming:
 *
 * <ol>
 *   <li>the request itself: LangChain4j's parameters, Spring AI's advisor parameter;
 *   <li>the view of the model that was made for a caller;
 *   <li>the Reactor context of a stream;
 *   <li>the {@link CallerScope} that the application opened on the thread;
 *   <li>the application's {@link CallerResolver}s, in their order;
 *   <li>whom the library itself carried over to the thread, for tools and the calls they make.
 * </ol>
 *
 * Who is asked is asked once, on the thread on which the call enters. A resolver that throws ends
 * the call, there and on threads that work was handed to: nobody else is charged in its stead.
 */
public final class CallerChain {

  private final CallerResolver resolver;

  /**
   * @param resolver the application's own, or one that never knows
   */
  public CallerChain(CallerResolver resolver) {
    this.resolver = Objects.requireNonNull(resolver, "resolver");
  }

  /**
   * The caller; anonymous when nobody says.
   *
   * @param request whom the request names, or null
   * @param view whom the view is made for, or null
   * @param context whom the Reactor context holds, or null
   */
  public Caller resolve(@Nullable Caller request, @Nullable Caller view, @Nullable Caller context) {
    if (request != null) {
      return request;
    }
    if (view != null) {
      return view;
    }
    return context != null ? context : ofThread();
  }

  private Caller ofThread() {
    Optional<Caller> opened = CallerScope.ofCall();
    if (opened.isPresent()) {
      return opened.get();
    }
    @Nullable Optional<Caller> resolved = resolver.resolve();
    if (resolved != null && resolved.isPresent()) {
      return resolved.get();
    }
    return CallerScope.carried().orElse(Caller.ANONYMOUS);
  }
}
