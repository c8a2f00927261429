package io.github.resilientchat.benchmarks.chaos;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** A request that an impostor has to answer. */
record Question(Vertx vertx, HttpServerRequest request, boolean streaming) {

  boolean http2() {
    return request.version() == HttpVersion.HTTP_2;
  }

  HttpServerResponse response() {
    return request.response();
  }

  /** As the service says what it sends. */
  HttpServerResponse typed() {
    return response()
        .putHeader(
            "Content-Type", streaming ? "application/vnd.amazon.eventstream" : "application/json");
  }

  void after(long millis, Runnable step) {
    vertx.setTimer(
        millis,
        id -> {
          if (!response().closed()) {
            step.run();
          }
        });
  }

  void end(byte[] body) {
    response().end(Buffer.buffer(body));
  }
}
