package io.github.resilientchat.bedrock;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Tells a {@link StoppableCall} what to abort. Interrupting alone would not do: a blocking read
 * goes on until the server answers.
 */
record StoppableHttpClient(BlockingConnections connections) implements SdkHttpClient {

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    BlockingConnections.Use use = connections.begin();
    ExecutableHttpRequest prepared;
    try {
      prepared = use.pool().client().prepareRequest(request);
    } catch (RuntimeException | Error fault) {
      use.end();
      throw fault;
    }
    return new Stoppable(StoppableCall.current(), prepared, use);
  }

  @Override
  public String clientName() {
    return "Stoppable";
  }

  @Override
  public void close() {
    connections.close();
  }

  private record Stoppable(
      @Nullable StoppableCall within, ExecutableHttpRequest request, BlockingConnections.Use use)
      implements ExecutableHttpRequest {

    @Override
    public HttpExecuteResponse call() throws IOException {
      boolean open = false;
      try {
        if (within != null) {
          within.isAt(request, use.pool()::silent);
        }
        HttpExecuteResponse response = request.call();
        if (within != null) {
          within.answers(response.httpResponse().isSuccessful());
        }
        open = response.responseBody().isPresent();
        return HttpExecuteResponse.builder()
            .response(response.httpResponse())
            .responseBody(response.responseBody().map(this::counted).orElse(null))
            .build();
      } catch (IOException e) {
        if (within != null) {
          within.requireGoing(e);
        }
        throw e;
      } finally {
        if (!open) {
          use.end();
        }
      }
    }

    private AbortableInputStream counted(AbortableInputStream body) {
      AbortableInputStream read = within == null ? body : ResponseBody.of(body, request);
      return AbortableInputStream.create(
          new Counted(read, use),
          () -> {
            try {
              read.abort();
            } finally {
              use.end();
            }
          });
    }

    @Override
    public void abort() {
      try {
        request.abort();
      } finally {
        use.end();
      }
    }
  }

  /** Says when the body of an answer is done with. */
  private static final class Counted extends FilterInputStream {

    private final BlockingConnections.Use use;

    Counted(InputStream body, BlockingConnections.Use use) {
      super(body);
      this.use = use;
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        use.end();
      }
    }
  }
}
