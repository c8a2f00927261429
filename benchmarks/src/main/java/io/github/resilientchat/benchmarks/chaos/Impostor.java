package io.github.resilientchat.benchmarks.chaos;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server, HTTP/1.1 and h2c, that answers as Bedrock does until it is struck. */
final class Impostor implements Place {

  private static final Vertx VERTX =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(2)
              .setWorkerPoolSize(1)
              .setInternalBlockingPoolSize(1)
              .setUseDaemonThread(true)
              .setFileSystemOptions(
                  new FileSystemOptions()
                      .setClassPathResolvingEnabled(false)
                      .setFileCachingEnabled(false)));

  private final int port = Ports.free();
  private final AtomicInteger open = new AtomicInteger();
  private final Reply fault;
  private final Reply healthy;
  private final HttpServer server;
  private volatile boolean struck;

  Impostor(String account, Reply fault) {
    this.fault = fault;
    this.healthy = Reply.healthy(account);
    server =
        VERTX
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setHandle100ContinueAutomatically(true))
            .requestHandler(this::answer);
    server.listen().toCompletionStage().toCompletableFuture().join();
  }

  private void answer(HttpServerRequest request) {
    boolean streaming = request.path().endsWith("-stream");
    Over over = new Over();
    open.incrementAndGet();
    request.response().endHandler(none -> over.run());
    request.response().closeHandler(none -> over.run());
    request.response().exceptionHandler(failure -> over.run());
    request.exceptionHandler(failure -> over.run());
    request.bodyHandler(
        body -> (struck ? fault : healthy).answer(new Question(VERTX, request, streaming)));
  }

  @Override
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void strike() {
    struck = true;
  }

  @Override
  public void heal() {
    struck = false;
  }

  /** Open exchanges. */
  @Override
  public int left() {
    return open.get();
  }

  @Override
  public void close() {
    server.close();
  }

  /** Some endings are told twice. */
  private final class Over {

    private boolean told;

    private void run() {
      if (!told) {
        told = true;
        open.decrementAndGet();
      }
    }
  }
}
