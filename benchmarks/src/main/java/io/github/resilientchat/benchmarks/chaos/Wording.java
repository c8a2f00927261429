package io.github.resilientchat.benchmarks.chaos;

import io.github.resilientchat.benchmarks.rig.Voices;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Answers as on the wire. */
final class Wording {

  private static final String USAGE =
      "\"usage\":{\"inputTokens\":3,\"outputTokens\":15,\"totalTokens\":18},\"metrics\":{\"latencyMs\":500}";

  private Wording() {}

  static byte[] good(String account, boolean streaming) {
    return streaming ? frames(account) : json(account);
  }

  private static byte[] json(String account) {
    return """
        {"output":{"message":{"role":"assistant","content":[{"text":"%s"}]}},\
        "stopReason":"end_turn",%s}"""
        .formatted(String.join("", Voices.of(account).words()), USAGE)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] frames(String account) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    frameList(account).forEach(all::writeBytes);
    return all.toByteArray();
  }

  static List<byte[]> frameList(String account) {
    List<byte[]> all = new ArrayList<>();
    all.add(frame("messageStart", "{\"role\":\"assistant\"}"));
    Voices.of(account)
        .words()
        .forEach(
            word ->
                all.add(
                    frame(
                        "contentBlockDelta",
                        "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"" + word + "\"}}")));
    all.add(frame("contentBlockStop", "{\"contentBlockIndex\":0}"));
    all.add(frame("messageStop", "{\"stopReason\":\"end_turn\"}"));
    all.add(frame("metadata", "{" + USAGE + "}"));
    return all;
  }

  /** The last byte of the first frame is part of its checksum. */
  static byte[] badChecksum(byte[] frames) {
    byte[] bad = frames.clone();
    int length = ByteBuffer.wrap(bad).getInt();
    bad[length - 1] ^= 0x5A;
    return bad;
  }

  /** A mebibyte of a JSON string that never ends, or of events that nobody knows. */
  static Buffer filler(boolean streaming) {
    if (!streaming) {
      return Buffer.buffer("x".repeat(Reply.CHUNK));
    }
    byte[] event = frame("padding", "{\"pad\":\"" + "x".repeat(64 * 1024) + "\"}");
    Buffer chunk = Buffer.buffer();
    while (chunk.length() + 2 * event.length < Reply.CHUNK) {
      chunk.appendBytes(event);
    }
    int missing = Reply.CHUNK - chunk.length() - event.length;
    return chunk.appendBytes(
        frame("padding", "{\"pad\":\"" + "x".repeat(64 * 1024 + missing) + "\"}"));
  }

  private static byte[] frame(String type, String payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Message(
            Map.of(
                ":message-type", HeaderValue.fromString("event"),
                ":event-type", HeaderValue.fromString(type),
                ":content-type", HeaderValue.fromString("application/json")),
            payload.getBytes(StandardCharsets.UTF_8))
        .encode(out);
    return out.toByteArray();
  }
}
