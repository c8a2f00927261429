package io.github.resilientchat.transparency;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** A service that notes every request to the byte and answers from a script. */
final class RecordingBedrock implements AutoCloseable {

  /** As it came; the path tells the model. */
  record Request(String path, String body) {}

  private static final long SPACING_MS = 2;

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Function<Request, Reply> script = request -> Reply.text("ok");

  RecordingBedrock() {
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(0)
                    .setHttp2ClearTextEnabled(true))
            .requestHandler(this::hear)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  /** Forgets all requests and answers them in this way from now on. */
  void script(Function<Request, Reply> value) {
    requests.clear();
    script = value;
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  private void hear(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              // As bytes: every byte is a character of its own here.
              Request heard =
                  new Request(
                      request.path(), new String(body.getBytes(), StandardCharsets.ISO_8859_1));
              requests.add(heard);
              answer(request, script.apply(heard));
            });
  }

  private void answer(HttpServerRequest request, Reply reply) {
    HttpServerResponse response =
        request.response().putHeader("x-amzn-RequestId", "req-" + requests.size());
    Reply.Fault fault = reply.error();
    if (fault != null && fault.status() > 0) {
      response
          .setStatusCode(fault.status())
          .putHeader("x-amzn-ErrorType", fault.type())
          .putHeader("Content-Type", "application/json")
          .end("{\"message\":\"" + fault.message() + "\"}");
    } else if (request.path().endsWith("-stream")) {
      response.setChunked(true).putHeader("Content-Type", "application/vnd.amazon.eventstream");
      play(reply.events().iterator(), reply.slow(), response);
    } else {
      response.putHeader("Content-Type", "application/json").end(Buffer.buffer(reply.whole()));
    }
  }

  /**
   * Slowly where an error or an early end comes: Spring AI's model drops parts that are queued when
   * one does.
   */
  private void play(Iterator<Reply.Event> events, boolean spaced, HttpServerResponse response) {
    while (events.hasNext()) {
      response.write(encoded(events.next()));
      if (spaced) {
        vertx.setTimer(SPACING_MS * 5, timer -> play(events, true, response));
        return;
      }
    }
    response.end();
  }

  private static Buffer encoded(Reply.Event event) {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    headers.put(
        event.exception() ? ":exception-type" : ":event-type",
        HeaderValue.fromString(event.type()));
    headers.put(":content-type", HeaderValue.fromString("application/json"));
    headers.put(":message-type", HeaderValue.fromString(event.exception() ? "exception" : "event"));
    ByteBuffer bytes =
        new Message(headers, event.payload().getBytes(StandardCharsets.UTF_8)).toByteBuffer();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return Buffer.buffer(copy);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
