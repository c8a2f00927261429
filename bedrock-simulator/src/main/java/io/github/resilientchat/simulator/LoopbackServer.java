package io.github.resilientchat.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** HTTP/1.1 and HTTP/2 with prior knowledge on one loopback port, on one daemon event loop. */
final class LoopbackServer implements AutoCloseable {

  private static final long DEADLINE_SECONDS = 60;

  // A model id may have 2048 characters, each percent-encoded: three times as many.
  private static final int MAX_REQUEST_LINE = 8_192;

  private final Vertx vertx;
  private final HttpServer server;

  private LoopbackServer(Vertx vertx, HttpServer server) {
    this.vertx = vertx;
    this.server = server;
  }

  static LoopbackServer start(Bedrock bedrock, Scenario scenario) {
    Vertx vertx = Vertx.vertx(options());
    AdminApi admin = new AdminApi(bedrock);
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(bedrock.settings().port())
                    .setHandle100ContinueAutomatically(true)
                    .setMaxInitialLineLength(MAX_REQUEST_LINE)
                    // By itself Vert.x closes a connection after 200 cancelled streams in 30 s.
                    .setHttp2RstFloodMaxRstFramePerWindow(resets(bedrock.settings())))
            .requestHandler(new FrontDoor(vertx, bedrock, admin));
    try {
      LoopbackServer started = new LoopbackServer(vertx, await(server.listen()));
      scenario.play(vertx, admin);
      return started;
    } catch (RuntimeException failure) {
      vertx.close();
      throw failure;
    }
  }

  private static int resets(Settings settings) {
    return settings.resetGuard() == 0 ? Integer.MAX_VALUE : settings.resetGuard();
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static VertxOptions options() {
    FileSystemOptions noFiles =
        new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(1)
        .setUseDaemonThread(true)
        .setFileSystemOptions(noFiles);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The simulator's server failed: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("The simulator's server did not react in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the simulator's server", e);
    }
  }
}
