package io.github.resilientchat.simulator;

import io.netty.channel.ChannelOption;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange with a client of the runtime API. All methods run on its event loop, and what
 * is sent after the client went away is dropped.
 */
final class Exchange {

  // RFC 9113, section 7: INTERNAL_ERROR.
  private static final long HTTP2_INTERNAL_ERROR = 0x2;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final String requestId = UUID.randomUUID().toString();
  private final InvocationLog log;
  private final int round;
  private Runnable gone = () -> {};
  private Future<Void> lastWrite = Future.succeededFuture();
  private boolean received;
  private boolean ended;
  private long timer = -1;

  Exchange(Vertx vertx, HttpServerRequest request, InvocationLog log) {
    this.vertx = vertx;
    this.request = request;
    this.response = request.response();
    this.log = log;
    this.round = log.opened();
    // Which of these come, and how often, depends on the protocol and on who ended the exchange.
    response.endHandler(none -> end());
    response.closeHandler(none -> end());
    response.exceptionHandler(failure -> end());
    request.exceptionHandler(failure -> end());
    response.putHeader("x-amzn-RequestId", requestId);
  }

  private void end() {
    if (!ended) {
      ended = true;
      vertx.cancelTimer(timer);
      gone.run();
      log.closed(received, round);
    }
  }

  /** The round of the log in which this began. */
  int round() {
    return round;
  }

  String requestId() {
    return requestId;
  }

  String httpVersion() {
    return request.version() == HttpVersion.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
  }

  @Nullable String authorization() {
    return request.getHeader("Authorization");
  }

  @Nullable String securityToken() {
    return request.getHeader("X-Amz-Security-Token");
  }

  /** Hands over the body when it is complete, and refuses it when it is larger than allowed. */
  void onBody(int most, Consumer<byte[]> action) {
    Bodies.collect(
        request,
        most,
        body -> {
          received = true;
          log.received(round);
          action.accept(body);
        },
        () -> send(ApiError.tooLarge(most)));
  }

  /** Adds a header to the answer. */
  void header(String name, String value) {
    if (!ended) {
      response.putHeader(name, value);
    }
  }

  String path() {
    return request.path();
  }

  /** Runs when the exchange is over, whoever ended it. */
  void onEnd(Runnable action) {
    gone = action;
  }

  /** Runs the step later on the event loop, unless the exchange is over by then. */
  void after(Duration delay, Runnable step) {
    if (delay.isZero()) {
      step.run();
    } else {
      timer = vertx.setTimer(Math.max(1, delay.toMillis()), id -> step.run());
    }
  }

  void send(ApiError error) {
    response.putHeader(
        "x-amzn-ErrorType", error.type() + ":http://internal.amazon.com/coral/com.amazon.bedrock/");
    Duration retryAfter = error.retryAfter();
    if (retryAfter != null) {
      response.putHeader(
          "Retry-After", Long.toString(retryAfter.plusNanos(999_999_999).toSeconds()));
    }
    send(error.status(), Json.bytes(Json.object().put("message", error.message())));
  }

  void send(int status, byte[] json) {
    if (!ended) {
      response.setStatusCode(status).putHeader("Content-Type", "application/json");
      response.end(Buffer.buffer(json));
    }
  }

  void sendHalf(int status, byte[] json) {
    if (!ended) {
      response
          .setStatusCode(status)
          .putHeader("Content-Type", "application/json")
          .putHeader("Content-Length", Integer.toString(json.length))
          .write(Buffer.buffer().appendBytes(json, 0, json.length / 2));
    }
  }

  void beginStream() {
    if (!ended) {
      response.setChunked(true).putHeader("Content-Type", "application/vnd.amazon.eventstream");
      lastWrite = response.writeHead();
    }
  }

  void write(byte[] frame) {
    if (!ended) {
      lastWrite = response.write(Buffer.buffer(frame));
    }
  }

  boolean isFull() {
    return !ended && response.writeQueueFull();
  }

  void onDrained(Runnable step) {
    response.drainHandler(
        none -> {
          if (!ended) {
            step.run();
          }
        });
  }

  void endStream() {
    if (!ended) {
      response.end();
    }
  }

  /** Runs the step when what was written before has reached the socket. */
  void afterFlush(Runnable step) {
    lastWrite.onComplete(written -> step.run());
  }

  /** Closes the connection (HTTP/1.1) or resets the stream (HTTP/2) without a proper end. */
  void cut() {
    if (!ended) {
      response.reset(HTTP2_INTERNAL_ERROR);
      end();
    }
  }

  /** Sends a TCP reset. */
  void resetConnection() {
    if (request.connection() instanceof ConnectionBase connection) {
      // Without lingering, close() answers with RST instead of FIN (socket(7), SO_LINGER).
      connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      // Past the HTTP/2 handler, which would say GOAWAY and wait for the streams to end.
      connection.channel().pipeline().firstContext().close();
      end();
    }
  }
}
