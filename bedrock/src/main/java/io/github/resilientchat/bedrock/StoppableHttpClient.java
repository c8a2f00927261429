package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.adapter.Exchange;
import java.io.IOException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Lets the current {@link Exchange}, or an interruption, abort the request that its thread is
 * blocked in. Interrupting alone would not do: a blocking read goes on until the server answers.
 */
record StoppableHttpClient(SdkHttpClient delegate) implements SdkHttpClient {

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = delegate.prepareRequest(request);
    return Exchange.current()
        .<ExecutableHttpRequest>map(exchange -> Stoppable.by(exchange, prepared))
        .orElse(prepared);
  }

  @Override
  public String clientName() {
    return delegate.clientName();
  }

  @Override
  public void close() {
    delegate.close();
  }

  private static final class Stoppable implements ExecutableHttpRequest {

    private final ExecutableHttpRequest request;
    private volatile boolean stopped;

    private Stoppable(ExecutableHttpRequest request) {
      this.request = request;
    }

    static Stoppable by(Exchange exchange, ExecutableHttpRequest request) {
      Stoppable stoppable = new Stoppable(request);
      exchange.onStop(stoppable::stop);
      return stoppable;
    }

    private void stop() {
      stopped = true;
      request.abort();
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      if (stopped) {
        throw AbortedException.create("the exchange was stopped");
      }
      try (InterruptWatch ignored = InterruptWatch.over(this::stop)) {
        return request.call();
      } catch (IOException e) {
        if (stopped) {
          throw AbortedException.create("the exchange was stopped", e);
        }
        throw e;
      }
    }

    @Override
    public void abort() {
      request.abort();
    }
  }
}
