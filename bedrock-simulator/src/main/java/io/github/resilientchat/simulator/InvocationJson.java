package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Log entries as JSON of the admin API. */
final class InvocationJson {

  private InvocationJson() {}

  /** The same as a record of CloudTrail, which tells the Region that served. */
  static ObjectNode trail(Invocation invocation) {
    ObjectNode json =
        Json.object()
            .put("eventVersion", "1.11")
            .put("eventTime", invocation.time().toString())
            .put("eventSource", "bedrock.amazonaws.com")
            .put("eventName", invocation.operation())
            .put("awsRegion", invocation.region())
            .put("requestID", invocation.requestId())
            .put("recipientAccountId", Accounts.id(invocation.account()));
    json.putObject("requestParameters").put("modelId", invocation.modelId());
    if (invocation.inferenceRegion() != null) {
      json.putObject("additionalEventData").put("inferenceRegion", invocation.inferenceRegion());
    }
    if (invocation.outcome() != Invocation.Outcome.SERVED) {
      json.put("errorCode", invocation.detail());
    }
    return json;
  }

  static ObjectNode write(Invocation invocation) {
    Family family = invocation.family();
    ObjectNode json =
        Json.object()
            .put("requestId", invocation.requestId())
            .put("time", invocation.time().toString())
            .put("account", invocation.account())
            .put("region", invocation.region())
            .put("modelId", invocation.modelId())
            .put("operation", invocation.operation())
            .put("family", family == null ? null : family.name())
            .put("inferenceRegion", invocation.inferenceRegion())
            .put("streaming", invocation.streaming())
            .put("httpVersion", invocation.httpVersion())
            .put("status", invocation.status())
            .put("outcome", invocation.outcome().name())
            .put("detail", invocation.detail())
            .put("inputTokens", invocation.inputTokens())
            .put("outputTokens", invocation.outputTokens())
            .put("cacheReadTokens", invocation.cacheReadTokens())
            .put("cacheWriteTokens", invocation.cacheWriteTokens())
            .put("framesSent", invocation.framesSent());
    ArrayNode keys = json.putArray("requestMetadataKeys");
    invocation.requestMetadataKeys().stream().sorted().forEach(keys::add);
    return json;
  }
}
