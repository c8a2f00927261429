package io.github.resilientchat.bedrock;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Something that is made when first asked for, under no lock: of two that are made at once one is
 * closed. Closed before that, it is never made.
 */
final class Lazy<T extends SdkAutoCloseable> implements SdkAutoCloseable {

  private final Supplier<T> make;
  private final AtomicReference<@Nullable T> made = new AtomicReference<>();
  private volatile boolean closed;

  Lazy(Supplier<T> make) {
    this.make = make;
  }

  /** Something that is made already. */
  static <T extends SdkAutoCloseable> Lazy<T> of(T value) {
    Lazy<T> lazy = new Lazy<>(() -> value);
    lazy.made.set(value);
    return lazy;
  }

  T get() {
    T known = made.get();
    if (known != null) {
      return known;
    }
    requireOpen();
    T next = make.get();
    if (!made.compareAndSet(null, next)) {
      next.close();
      return get();
    }
    if (closed) {
      next.close();
      requireOpen();
    }
    return next;
  }

  Optional<T> ifMade() {
    return Optional.ofNullable(made.get());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("these clients are closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    ifMade().ifPresent(SdkAutoCloseable::close);
  }
}
