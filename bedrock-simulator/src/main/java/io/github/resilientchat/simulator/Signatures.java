package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Signs the reasoning of simulated models and checks what comes back, as Claude does: the text must
 * be unchanged, and the model must be the one that signed. Signatures that tests made up pass,
 * unless the simulator is strict.
 */
record Signatures(boolean strict) {

  private static final String OWN = "sim.";
  private static final int LENGTH = 32;

  String sign(Model model, String reasoning) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(model.id().getBytes(StandardCharsets.UTF_8));
      byte[] hash = digest.digest(reasoning.getBytes(StandardCharsets.UTF_8));
      return OWN + HexFormat.of().formatHex(hash).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Throws {@link Refused} when reasoning comes back that this model did not sign so. */
  void require(Model model, ConverseRequest request) {
    int at = 0;
    for (JsonNode message : request.json().path("messages")) {
      int block = 0;
      for (JsonNode content : message.path("content")) {
        JsonNode text = content.path("reasoningContent").path("reasoningText");
        if (text.isObject() && !isGood(model, text)) {
          throw new Refused(
              ApiError.validation(
                  "The model returned the following errors: messages.%d.content.%d: Invalid `signature` in `thinking` block"
                      .formatted(at, block)));
        }
        block++;
      }
      at++;
    }
  }

  private boolean isGood(Model model, JsonNode reasoning) {
    String signature = reasoning.path("signature").asText();
    return signature.startsWith(OWN) || strict
        ? signature.equals(sign(model, reasoning.path("text").asText()))
        : true;
  }
}
