package io.github.resilientchat.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Collects the bodies of requests up to a limit; what comes beyond it is read and dropped. */
final class Bodies {

  private Bodies() {}

  /**
   * Hands over the body when it is complete.
   *
   * @param tooLarge runs once, as soon as the body is larger than allowed
   */
  static void collect(
      HttpServerRequest request, int most, Consumer<byte[]> complete, Runnable tooLarge) {
    Collected body = new Collected();
    request.handler(
        piece -> {
          if (body.over) {
            return;
          }
          if (body.bytes.length() + piece.length() > most) {
            body.over = true;
            body.bytes = Buffer.buffer();
            tooLarge.run();
          } else {
            body.bytes.appendBuffer(piece);
          }
        });
    request.endHandler(
        none -> {
          if (!body.over) {
            complete.accept(body.bytes.getBytes());
          }
        });
  }

  /** Confined to the event loop. */
  private static final class Collected {
    private Buffer bytes = Buffer.buffer();
    private boolean over;
  }
}
