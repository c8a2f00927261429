package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Nova's own bodies, which are Converse's but for a version and the frames around events. */
enum NovaDialect implements Dialect {
  INSTANCE;

  @Override
  public ConverseRequest request(byte[] body) {
    JsonNode json = Dialect.json(body);
    if (json instanceof ObjectNode object) {
      object.remove("schemaVersion");
    }
    return ConverseRequest.of(json);
  }

  @Override
  public Reply reply(Answer answer, ConverseRequest request, PromptCache.Use cached, Model model) {
    ConverseReply converse = new ConverseReply(answer, request, cached);
    return new Reply() {
      @Override
      public Usage usage() {
        return converse.usage();
      }

      @Override
      public Usage usageAfter(long sent) {
        return converse.usageAfter(sent);
      }

      @Override
      public int frames() {
        return converse.frames();
      }

      @Override
      public Frame frame(int index, long latencyMillis) {
        Frame event = converse.frame(index, latencyMillis);
        ObjectNode wrapped = Json.object();
        wrapped.set(event.eventType(), event.payload());
        return Frame.chunk(wrapped, event.characters());
      }

      @Override
      public JsonNode body(long latencyMillis) {
        return converse.body(latencyMillis);
      }
    };
  }
}
