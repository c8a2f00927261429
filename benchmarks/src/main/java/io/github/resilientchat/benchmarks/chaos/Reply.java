package io.github.resilientchat.benchmarks.chaos;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** What an impostor answers. */
@FunctionalInterface
interface Reply {

  int HEADER = 60 * 1024;
  int LARGE = 50 << 20;
  int CHUNK = 1 << 20;
  long NO_ERROR = 0;

  void answer(Question question);

  /** As Bedrock, with the words of an account. */
  static Reply healthy(String account) {
    long first = Timing.UNTIL_FIRST_WORD.plus(Timing.slowerThanFirst(account)).toMillis();
    return question ->
        question.after(
            first,
            () -> {
              question.typed();
              if (question.streaming()) {
                question.response().setChunked(true);
                question.end(Wording.good(account, true));
              } else {
                question.end(Wording.good(account, false));
              }
            });
  }

  /** A load balancer's page. */
  static Reply html(int status) {
    String page =
        "<html><head><title>%d</title></head><body><center><h1>%d</h1></center></body></html>"
            .formatted(status, status);
    return question -> {
      question.response().setStatusCode(status).putHeader("Content-Type", "text/html");
      question.end(bytes(page));
    };
  }

  /** The service's own word. */
  static Reply error(int status, String type, String message) {
    return question -> {
      question
          .response()
          .setStatusCode(status)
          .putHeader("Content-Type", "application/json")
          .putHeader("x-amzn-ErrorType", type);
      question.end(bytes("{\"message\":\"" + message + "\"}"));
    };
  }

  static Reply body(String text) {
    return question -> {
      question.response().putHeader("Content-Type", "application/json");
      question.end(bytes(text));
    };
  }

  /** Where the service's own types are expected, bytes that are none of them. */
  static Reply garbage() {
    byte[] noise = new byte[2048];
    new Random(10).nextBytes(noise);
    return question -> {
      question.typed();
      question.end(noise);
    };
  }

  /** Frames whose checksums are wrong; of an answer that is not streamed, half of its JSON. */
  static Reply wrongFrames(String account) {
    return question -> {
      question.typed();
      byte[] good = Wording.good(account, question.streaming());
      question.end(
          question.streaming() ? Wording.badChecksum(good) : Arrays.copyOf(good, good.length / 2));
    };
  }

  /** To somewhere else on this machine, in four ways. */
  static Reply redirect() {
    int[] statuses = {301, 302, 307, 308};
    AtomicInteger turn = new AtomicInteger();
    return question -> {
      question
          .response()
          .setStatusCode(statuses[Math.floorMod(turn.getAndIncrement(), statuses.length)])
          .putHeader("Location", "http://127.0.0.1:9/elsewhere");
      question.end(new byte[0]);
    };
  }

  /** A good answer under a header that few clients take. */
  static Reply hugeHeader(String account) {
    return question -> {
      question.response().putHeader("x-trace", "x".repeat(HEADER));
      healthy(account).answer(question);
    };
  }

  /** The connection is given up before the request is looked at. */
  static Reply goAway() {
    return question -> {
      HttpConnection connection = question.request().connection();
      if (question.http2()) {
        connection.goAway(NO_ERROR, Math.max(0, question.request().streamId() - 2));
      }
      connection.close();
    };
  }

  /** Fifty megabytes that are no answer. */
  static Reply large() {
    return question -> {
      question.typed().putHeader("Content-Length", Long.toString(LARGE));
      Buffer filler = Wording.filler(question.streaming());
      if (question.streaming()) {
        more(question, filler, LARGE);
      } else {
        question.response().write(Buffer.buffer("{\"pad\":\"").appendBuffer(filler, 8, CHUNK - 8));
        more(question, filler, LARGE - CHUNK);
      }
    };
  }

  private static void more(Question question, Buffer chunk, int left) {
    if (question.response().closed()) {
      return;
    }
    if (left == CHUNK) {
      question.response().end(chunk);
    } else {
      question.response().write(chunk).onSuccess(written -> more(question, chunk, left - CHUNK));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
