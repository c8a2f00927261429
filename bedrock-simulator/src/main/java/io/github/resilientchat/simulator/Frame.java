package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of a stream before it is encoded.
 *
 * @param characters of the answer that it carries, from which sent tokens are counted
 */
record Frame(String eventType, JsonNode payload, long characters) {

  /** An event of a model's own, as InvokeModel streams it. */
  static Frame chunk(JsonNode event, long characters) {
    return new Frame("chunk", Json.object().put("bytes", Json.bytes(event)), characters);
  }
}
