package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;

/** CountTokens: what a request would count as input, without a call and free of quota. */
final class CountTokens {

  private final Bedrock bedrock;
  private final Exchange exchange;
  private final String modelId;

  CountTokens(Bedrock bedrock, Exchange exchange, String modelId) {
    this.bedrock = bedrock;
    this.exchange = exchange;
    this.modelId = modelId;
  }

  void run(byte[] body) {
    try {
      Caller caller = bedrock.callers().require(exchange.authorization(), exchange.securityToken());
      exchange.send(200, Json.bytes(Json.object().put("inputTokens", count(caller, body))));
    } catch (Refused refused) {
      exchange.send(refused.error());
    }
  }

  private long count(Caller caller, byte[] body) {
    Target target = bedrock.catalogue().resolve(modelId, caller.region());
    if (!target.model().onDemand()) {
      // "Claude models that launch CRIS-only lack it" (count-tokens, User Guide, 2026).
      throw new Refused(ApiError.validation("The provided model doesn't support counting tokens."));
    }
    JsonNode input = Dialect.json(body).path("input");
    if (input.has("converse")) {
      return ConverseRequest.of(input.get("converse")).inputTokens();
    }
    String invoked = input.path("invokeModel").path("body").asText();
    if (invoked.isEmpty()) {
      throw new Refused(ApiError.validation("input: one of converse, invokeModel is required"));
    }
    try {
      byte[] own = Base64.getDecoder().decode(invoked);
      return Dialect.of(target.model()).request(own).inputTokens();
    } catch (IllegalArgumentException e) {
      throw new Refused(ApiError.validation("input.invokeModel.body: not base64"));
    }
  }
}
