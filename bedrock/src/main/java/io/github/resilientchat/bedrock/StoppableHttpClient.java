package io.github.resilientchat.bedrock;

import java.io.IOException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Tells a {@link StoppableCall} what to abort. Interrupting alone would not do: a blocking read
 * goes on until the server answers.
 */
record StoppableHttpClient(SdkHttpClient delegate) implements SdkHttpClient {

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = delegate.prepareRequest(request);
    StoppableCall call = StoppableCall.current();
    return call == null ? prepared : new Stoppable(call, prepared);
  }

  @Override
  public String clientName() {
    return delegate.clientName();
  }

  @Override
  public void close() {
    delegate.close();
  }

  private record Stoppable(StoppableCall within, ExecutableHttpRequest request)
      implements ExecutableHttpRequest {

    @Override
    public HttpExecuteResponse call() throws IOException {
      within.isAt(request);
      try {
        HttpExecuteResponse response = request.call();
        if (response.httpResponse().isSuccessful()) {
          within.accepted();
        }
        return HttpExecuteResponse.builder()
            .response(response.httpResponse())
            .responseBody(
                response.responseBody().map(body -> ResponseBody.of(body, request)).orElse(null))
            .build();
      } catch (IOException e) {
        within.requireGoing(e);
        throw e;
      }
    }

    @Override
    public void abort() {
      request.abort();
    }
  }
}
