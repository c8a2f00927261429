package io.github.resilientchat.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/** How a request and its answer are written: Converse's way, or a model's own to InvokeModel. */
interface Dialect {

  /** Converse's. */
  Dialect CONVERSE =
      new Dialect() {
        @Override
        public ConverseRequest request(byte[] body) {
          return ConverseRequest.parse(body);
        }

        @Override
        public Reply reply(
            Answer answer, ConverseRequest request, PromptCache.Use cached, Model model) {
          return new ConverseReply(answer, request, cached);
        }
      };

  /** The request in Converse's words; throws {@link Refused} when it is none. */
  ConverseRequest request(byte[] body);

  Reply reply(Answer answer, ConverseRequest request, PromptCache.Use cached, Model model);

  /** A model's own; throws {@link Refused} for those whose words the simulator does not know. */
  static Dialect of(Model model) {
    if (model.isClaude()) {
      return ClaudeDialect.INSTANCE;
    }
    if (model.id().startsWith("amazon.nova-")) {
      return NovaDialect.INSTANCE;
    }
    throw new Refused(
        ApiError.validation(
            "The simulator knows the bodies of Claude and Nova, not of " + model.id()));
  }

  /** The JSON of a body; throws {@link Refused} when it is none. */
  static JsonNode json(byte[] body) {
    try {
      return Json.parse(body);
    } catch (JsonProcessingException e) {
      throw new Refused(
          ApiError.validation(
              "Malformed input request, please reformat your input and try again."));
    }
  }
}
