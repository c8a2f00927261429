package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Log entries as JSON of the admin API. */
final class InvocationJson {

  private InvocationJson() {}

  static ObjectNode write(Invocation invocation) {
    Family family = invocation.family();
    ObjectNode json =
        Json.object()
            .put("requestId", invocation.requestId())
            .put("time", invocation.time().toString())
            .put("account", invocation.account())
            .put("region", invocation.region())
            .put("modelId", invocation.modelId())
            .put("family", family == null ? null : family.name())
            .put("inferenceRegion", invocation.inferenceRegion())
            .put("streaming", invocation.streaming())
            .put("httpVersion", invocation.httpVersion())
            .put("status", invocation.status())
            .put("outcome", invocation.outcome().name())
            .put("detail", invocation.detail())
            .put("inputTokens", invocation.inputTokens())
            .put("outputTokens", invocation.outputTokens())
            .put("framesSent", invocation.framesSent());
    ArrayNode keys = json.putArray("requestMetadataKeys");
    invocation.requestMetadataKeys().stream().sorted().forEach(keys::add);
    return json;
  }
}
