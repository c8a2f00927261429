package io.github.resilientchat.springai;

import io.github.resilientchat.core.EdgeRequest;
import java.util.function.Supplier;
import reactor.util.context.ContextView;

/** The request that a stream serves, found in its context, on a thread that may serve none. */
final class ServedRequest {

  private ServedRequest() {}

  static <T> T within(ContextView context, Supplier<T> reading) {
    EdgeRequest found =
        context.<EdgeRequest>getOrEmpty(EdgeRequest.KEY).or(EdgeRequest::current).orElse(null);
    try (EdgeRequest.Scope ignored = EdgeRequest.open(found)) {
      return reading.get();
    }
  }
}
