package io.github.resilientchat.autoconfigure.identity;

import io.github.resilientchat.core.EdgeRequest;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/** Lets Micrometer's context propagation carry the request that a thread serves. */
final class EdgeRequestAccessor implements ThreadLocalAccessor<EdgeRequest> {

  @Override
  public Object key() {
    return EdgeRequest.KEY;
  }

  @Override
  public @Nullable EdgeRequest getValue() {
    return EdgeRequest.current().orElse(null);
  }

  @Override
  public void setValue(EdgeRequest request) {
    EdgeRequest.open(request);
  }

  @Override
  public void setValue() {
    EdgeRequest.open(null);
  }
}
