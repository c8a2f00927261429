package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A call that the simulator is about to answer.
 *
 * @param region the source Region, taken from the credential scope of the signature
 * @param modelId as the client sent it, decoded: a model id, an inference profile id or an ARN
 * @param streaming {@code true} for ConverseStream
 * @param request the Converse request body as parsed; read only
 */
public record ConverseCall(
    String account, String region, String modelId, boolean streaming, JsonNode request) {

  /** The text blocks of the last message of the user, joined; empty when there is none. */
  public String lastUserText() {
    String last = "";
    for (JsonNode message : request.path("messages")) {
      if ("user".equals(message.path("role").asText())) {
        StringBuilder text = new StringBuilder();
        message.path("content").forEach(block -> text.append(block.path("text").asText("")));
        last = text.toString();
      }
    }
    return last;
  }
}
