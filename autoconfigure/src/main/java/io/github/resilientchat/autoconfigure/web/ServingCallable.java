package io.github.resilientchat.autoconfigure.web;

import io.github.resilientchat.core.EdgeRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;

/** Binds a request to the thread on which Spring MVC runs its handler's {@code Callable}. */
final class ServingCallable implements CallableProcessingInterceptor {

  private final EdgeRequest served;
  private final ThreadLocal<EdgeRequest.@Nullable Scope> scope = new ThreadLocal<>();

  ServingCallable(EdgeRequest served) {
    this.served = served;
  }

  @Override
  public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
    scope.set(EdgeRequest.open(served));
  }

  @Override
  public <T> void postProcess(
      NativeWebRequest request, Callable<T> task, @Nullable Object concurrentResult) {
    EdgeRequest.Scope opened = scope.get();
    scope.remove();
    if (opened != null) {
      opened.close();
    }
  }
}
