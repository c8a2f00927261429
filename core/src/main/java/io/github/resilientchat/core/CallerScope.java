package io.github.resilientchat.core;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The caller bound to the current thread, for code that cannot pass it with the request. A scope is
 * closed on the thread that opened it and gives back the caller that was bound before.
 *
 * <p>The caller is read once, when a call enters the model; it does not follow work to other
 * threads by itself. To threads on which the library works for a call, such as those that run its
 * tools, the library carries the call's caller; what an application says about such a thread comes
 * first.
 */
public final class CallerScope implements AutoCloseable {

  /** A caller, or what kept the application from naming one. */
  private static final ThreadLocal<@Nullable Object> OPENED = new ThreadLocal<>();

  private static final ThreadLocal<@Nullable Caller> CARRIED = new ThreadLocal<>();

  private final @Nullable Object openedBefore = OPENED.get();
  private final @Nullable Caller carriedBefore = CARRIED.get();

  private record Unknown(Throwable why) {}

  private CallerScope() {}

  /** Binds the caller until the scope is closed; null binds nobody. */
  public static CallerScope open(@Nullable Caller caller) {
    CallerScope scope = new CallerScope();
    bind(OPENED, caller);
    return scope;
  }

  /**
   * For adapters: the library works for this caller on the thread until the scope is closed. Asked
   * after everything that the application says within; what it said around does not reach in here.
   */
  public static CallerScope carry(@Nullable Caller caller) {
    CallerScope scope = new CallerScope();
    bind(OPENED, null);
    bind(CARRIED, caller);
    return scope;
  }

  /** Nobody can say whom this thread works for, because of this, which ends calls that ask. */
  static CallerScope unknown(Throwable why) {
    CallerScope scope = new CallerScope();
    bind(OPENED, new Unknown(why));
    return scope;
  }

  /** Binds what is bound already. */
  public static CallerScope unchanged() {
    return new CallerScope();
  }

  /** Runs the action with the caller bound. */
  public static <T> T callAs(Caller caller, Supplier<T> action) {
    try (CallerScope ignored = open(caller)) {
      return action.get();
    }
  }

  /** The caller bound to this thread: by the application, or else by the library. */
  public static Optional<Caller> current() {
    Optional<Caller> opened = opened();
    return opened.isPresent() ? opened : carried();
  }

  /** The caller that the application bound to this thread. */
  public static Optional<Caller> opened() {
    return OPENED.get() instanceof Caller caller ? Optional.of(caller) : Optional.empty();
  }

  /**
   * For adapters: the same for a call. Throws what a resolver threw on the thread that handed this
   * one its work by a {@link CallerCarrier}: the call is for nobody else in her stead.
   */
  public static Optional<Caller> ofCall() {
    if (OPENED.get() instanceof Unknown unknown) {
      throw CallerScope.<RuntimeException>sneaky(unknown.why());
    }
    return opened();
  }

  /** Resolvers throw what they like. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable why) throws E {
    throw (E) why;
  }

  /** The caller that the library works for on this thread. */
  public static Optional<Caller> carried() {
    return Optional.ofNullable(CARRIED.get());
  }

  @Override
  public void close() {
    bind(OPENED, openedBefore);
    bind(CARRIED, carriedBefore);
  }

  private static <T> void bind(ThreadLocal<@Nullable T> where, @Nullable T value) {
    if (value == null) {
      where.remove();
    } else {
      where.set(value);
    }
  }
}
