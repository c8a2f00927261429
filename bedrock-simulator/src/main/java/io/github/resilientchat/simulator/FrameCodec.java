package io.github.resilientchat.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * Encodes {@code application/vnd.amazon.eventstream} frames. All headers are strings, since the SDK
 * reads every header as one.
 */
final class FrameCodec {

  private FrameCodec() {}

  static byte[] event(Frame frame) {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    headers.put(":event-type", HeaderValue.fromString(frame.eventType()));
    headers.put(":content-type", HeaderValue.fromString("application/json"));
    headers.put(":message-type", HeaderValue.fromString("event"));
    return encode(headers, Json.bytes(frame.payload()));
  }

  static byte[] exception(ApiError error) {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    headers.put(":exception-type", HeaderValue.fromString(error.type()));
    headers.put(":content-type", HeaderValue.fromString("application/json"));
    headers.put(":message-type", HeaderValue.fromString("exception"));
    return encode(headers, Json.bytes(Json.object().put("message", error.message())));
  }

  static byte[] error(ApiError error) {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    headers.put(":error-code", HeaderValue.fromString(error.type()));
    headers.put(":error-message", HeaderValue.fromString(error.message()));
    headers.put(":message-type", HeaderValue.fromString("error"));
    return encode(headers, new byte[0]);
  }

  /** The same frame with a wrong message checksum, which is its last four bytes. */
  static byte[] corrupted(byte[] frame) {
    byte[] corrupted = frame.clone();
    corrupted[corrupted.length - 1] ^= 0x55;
    return corrupted;
  }

  private static byte[] encode(Map<String, HeaderValue> headers, byte[] payload) {
    var buffer = new Message(headers, payload).toByteBuffer();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
