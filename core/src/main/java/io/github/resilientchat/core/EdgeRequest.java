package io.github.resilientchat.core;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A request from outside, as the edge of the application knows it: who is verified to have sent it,
 * how long it may take, on which terms its calls are made, and which call was made last. Bound to
 * the threads that serve it, and in a Reactor context under {@link #KEY}. Thread-safe.
 */
public final class EdgeRequest {

  /** Key in a Reactor context. */
  public static final String KEY = "resilient.request";

  private static final ThreadLocal<@Nullable EdgeRequest> CURRENT = new ThreadLocal<>();
  private static final Duration NO_TIME = Duration.ofNanos(1);

  private final CallerResolver sender;
  private final RequestTerms terms;
  private final Ticker ticker;
  private final long begun;
  private final @Nullable Duration timeLimit;
  private volatile @Nullable Made last;

  /**
   * A call that was made for the request.
   *
   * @param route over which it went
   * @param insteadOf the route that was asked for, if the caller's plan sent the call over another
   */
  public record Made(String route, @Nullable String insteadOf, Caller caller) {}

  /** Takes back what it bound to a thread; closed on that thread. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  private EdgeRequest(
      CallerResolver sender, @Nullable Duration timeLimit, RequestTerms terms, Ticker ticker) {
    this.sender = sender;
    this.timeLimit = timeLimit;
    this.terms = terms;
    this.ticker = ticker;
    this.begun = ticker.nanos();
  }

  /**
   * A request that begins now.
   *
   * @param sender who is verified to have sent it; what it throws ends calls that need to know
   * @param timeLimit for all of it, or null; shortens what routes allow, and never extends it
   */
  public static EdgeRequest begin(
      CallerResolver sender, @Nullable Duration timeLimit, RequestTerms terms, Ticker ticker) {
    return new EdgeRequest(sender, timeLimit, terms, ticker);
  }

  /** The request that this thread serves. */
  public static Optional<EdgeRequest> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Who sent the request that this thread serves, as far as its edge verified that itself. */
  public static CallerResolver sender() {
    return () -> current().flatMap(request -> request.sender.resolve());
  }

  /** Binds a request to this thread until the scope is closed; null binds none. */
  public static Scope open(@Nullable EdgeRequest request) {
    @Nullable EdgeRequest before = CURRENT.get();
    bind(request);
    return () -> bind(before);
  }

  /** Lets tasks on other threads serve the request that this thread serves now. */
  public static UnaryOperator<Runnable> carrying() {
    @Nullable EdgeRequest request = CURRENT.get();
    if (request == null) {
      return UnaryOperator.identity();
    }
    return task ->
        () -> {
          try (Scope ignored = open(request)) {
            task.run();
          }
        };
  }

  /** For adapters: the call as the request that this thread serves wants it made. */
  public static ModelCall serve(ModelCall call, String route, Duration routeTimeout) {
    @Nullable EdgeRequest request = CURRENT.get();
    return request == null ? call : request.made(call, route, routeTimeout);
  }

  private ModelCall made(ModelCall call, String route, Duration routeTimeout) {
    last = new Made(route, null, call.caller());
    ModelCall made = call.on(terms);
    if (timeLimit == null) {
      return made;
    }
    Duration most = call.timeLimit() == null ? routeTimeout : call.timeLimit();
    return made.within(shorter(timeLimit.minusNanos(ticker.nanos() - begun), most));
  }

  private static Duration shorter(Duration left, Duration most) {
    Duration limit = left.compareTo(most) < 0 ? left : most;
    return limit.compareTo(NO_TIME) < 0 ? NO_TIME : limit;
  }

  /** For the engine: this thread's call was let in over a route that it did not ask for. */
  public static void wentOver(String route, String insteadOf, Caller caller) {
    @Nullable EdgeRequest request = CURRENT.get();
    if (request != null) {
      request.last = new Made(route, insteadOf, caller);
    }
  }

  /** The call that was made last for this request. */
  public Optional<Made> lastCall() {
    return Optional.ofNullable(last);
  }

  private static void bind(@Nullable EdgeRequest request) {
    if (request == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(request);
    }
  }
}
