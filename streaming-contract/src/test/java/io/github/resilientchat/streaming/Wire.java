package io.github.resilientchat.streaming;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Protocol;

/**
 * What a stream travels over. Over plain HTTP the clients' default is HTTP/2 by prior knowledge.
 */
public enum Wire {
  HTTP_1_1("HTTP/1.1", Protocol.HTTP1_1),
  H2C("h2c", null);

  final String label;
  final @Nullable Protocol protocol;

  Wire(String label, @Nullable Protocol protocol) {
    this.label = label;
    this.protocol = protocol;
  }

  /** As the simulator's log names it. */
  String httpVersion() {
    return this == HTTP_1_1 ? "HTTP/1.1" : "HTTP/2";
  }
}
