package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.internal.foreign.Foreign;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Who is told how an attempt ended: once, whoever says it first. Thread-safe. */
final class EndWatch {

  private final AtomicReference<Streaming.@Nullable Watch> watch = new AtomicReference<>();

  void set(Streaming.Watch told) {
    watch.set(told);
  }

  /** Nobody waits for an answer any more. */
  void left() {
    if (watch.get() != null) {
      tell(new CancellationException());
    }
  }

  void tell(@Nullable Throwable error) {
    Streaming.Watch told = watch.getAndSet(null);
    if (told != null) {
      Foreign.run("a watch of attempts", () -> told.ended(error));
    }
  }
}
