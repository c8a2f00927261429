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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** A service that notes every request to the byte and answers from a script. */
final class RecordingBedrock implements AutoCloseable {

  /** As it came; the path tells the model. */
  record Request(String path, String body) {}

  private static final long SPACING_MS = 10;
  private static final long AT_MOST_SECONDS = 20;

  /**
   * What a test and the service tell each other while a script is played.
   *
   * @param passedOn a stream may break from now on
   * @param answered the service has ended an answer
   */
  private record Cue(CompletableFuture<Void> passedOn, CountDownLatch answered) {

    static Cue after(CompletableFuture<Void> passedOn) {
      return new Cue(passedOn, new CountDownLatch(1));
    }
  }

  private static final CompletableFuture<Void> AT_ONCE = CompletableFuture.completedFuture(null);

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Function<Request, Reply> script = request -> Reply.text("ok");
  private volatile Cue cue = Cue.after(AT_ONCE);

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
    cue = Cue.after(AT_ONCE);
  }

  /**
   * Lets streams of the script break only when so many parts have been passed on, or never will be:
   * Spring AI's model drops those that are queued then.
   *
   * @return to be run for each of them
   */
  Runnable breakAfter(int parts) {
    if (parts == 0) {
      return () -> {};
    }
    CompletableFuture<Void> all = new CompletableFuture<>();
    cue = Cue.after(all.completeOnTimeout(null, AT_MOST_SECONDS / 2, TimeUnit.SECONDS));
    AtomicInteger left = new AtomicInteger(parts);
    return () -> {
      if (left.decrementAndGet() == 0) {
        all.complete(null);
      }
    };
  }

  /** Waits until it has answered a call of the script to the end. */
  void awaitAnswered() throws InterruptedException {
    cue.answered().await(AT_MOST_SECONDS, TimeUnit.SECONDS);
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
    Cue with = cue;
    response.endHandler(ended -> with.answered().countDown());
    Reply.Fault fault = reply.error();
    if (fault != null && fault.status() > 0) {
      response
          .setStatusCode(fault.status())
          .putHeader("x-amzn-ErrorType", fault.type())
          .putHeader("Content-Type", "application/json")
          .end("{\"message\":\"" + fault.message() + "\"}");
    } else if (request.path().endsWith("-stream")) {
      response.setChunked(true).putHeader("Content-Type", "application/vnd.amazon.eventstream");
      if (reply.slow()) {
        playSlowly(reply.events().iterator(), response, with);
      } else {
        play(reply.events().iterator(), response);
      }
    } else {
      response.putHeader("Content-Type", "application/json").end(Buffer.buffer(reply.whole()));
    }
  }

  private void play(Iterator<Reply.Event> events, HttpServerResponse response) {
    events.forEachRemaining(event -> response.write(encoded(event)));
    response.end();
  }

  /** Where an error or an early end comes, which waits for its cue. */
  private void playSlowly(Iterator<Reply.Event> events, HttpServerResponse response, Cue with) {
    if (!events.hasNext()) {
      later(with.passedOn(), response::end);
      return;
    }
    Reply.Event event = events.next();
    later(
        event.exception() ? with.passedOn() : AT_ONCE,
        () -> {
          response.write(encoded(event));
          playSlowly(events, response, with);
        });
  }

  private void later(CompletableFuture<Void> than, Runnable next) {
    than.thenRun(() -> vertx.setTimer(SPACING_MS, timer -> next.run()));
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
