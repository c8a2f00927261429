package io.github.resilientchat.transparency;

import static io.github.resilientchat.transparency.Reply.error;
import static io.github.resilientchat.transparency.Reply.text;

import dev.langchain4j.model.chat.response.CompleteToolCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What the service can say: every reason to stop, every error, broken streams. */
final class ServiceFeatures {

  static final Duration REST = Duration.ofHours(12);

  static final List<String> STOP_REASONS =
      List.of(
          "end_turn",
          "tool_use",
          "max_tokens",
          "stop_sequence",
          "guardrail_intervened",
          "content_filtered",
          "malformed_model_output",
          "malformed_tool_use",
          "model_context_window_exceeded",
          "a_reason_of_tomorrow");

  /** To an older reason, where that is not {@code end_turn}. */
  private static final Map<String, String> LIKENED =
      Map.of("model_context_window_exceeded", "max_tokens");

  /** Type and status of every error that the operations document, and of one they do not. */
  static final Map<String, Integer> ERRORS =
      Map.ofEntries(
          Map.entry("ValidationException", 400),
          Map.entry("ServiceQuotaExceededException", 400),
          Map.entry("UnrecognizedClientException", 401),
          Map.entry("AccessDeniedException", 403),
          Map.entry("ExpiredTokenException", 403),
          Map.entry("ResourceNotFoundException", 404),
          Map.entry("ModelTimeoutException", 408),
          Map.entry("ConflictException", 409),
          Map.entry("RequestEntityTooLargeException", 413),
          Map.entry("SomethingNewException", 418),
          Map.entry("ModelErrorException", 424),
          Map.entry("ThrottlingException", 429),
          Map.entry("ModelNotReadyException", 429),
          Map.entry("InternalServerException", 500),
          Map.entry("BadGatewayException", 502),
          Map.entry("ServiceUnavailableException", 503));

  static final List<String> STREAM_ERRORS =
      List.of(
          "throttlingException",
          "validationException",
          "modelStreamErrorException",
          "internalServerException",
          "serviceUnavailableException");

  private ServiceFeatures() {}

  static List<String> errors() {
    return ERRORS.keySet().stream().sorted().toList();
  }

  static Reply errorOf(String type) {
    return error(ERRORS.get(type), type, "no " + type);
  }

  static void addLangChain4j(List<Feature> all, LangChain4jCases cases) {
    for (String reason : STOP_REASONS) {
      Reply known = text("Some ", "text").reason(LIKENED.getOrDefault(reason, "end_turn"));
      all.add(
          cases
              .toldOrNot("stops: " + reason, text("Some ", "text").reason(reason))
              .likened(any -> known));
    }
    for (String type : errors()) {
      int status = ERRORS.get(type);
      all.add(cases.told(status + " " + type, errorOf(type)));
    }
    for (String type : STREAM_ERRORS) {
      Reply.Fault fault = new Reply.Fault(0, type, "no more");
      all.add(cases.broken("before content: " + type, text().with(fault)));
      all.add(cases.broken("after content: " + type, text("Some ", "text").with(fault)));
    }
    all.add(cases.broken("a stream cut before content", text().cutShort()));
    all.add(cases.broken("a stream cut after content", text("Some ", "text").cutShort()));
    all.add(cases.told("empty parts", text(Collections.nCopies(100, "").toArray(String[]::new))));
    all.add(cases.told("no usage", text("ok").uncounted()));
    all.addAll(handlers(cases));
  }

  private static List<Feature> handlers(LangChain4jCases cases) {
    List<Feature> all = new ArrayList<>();
    all.add(
        cases.handled(
            "handler that throws at a part",
            heard ->
                new NotingHandler(heard) {
                  @Override
                  public void onPartialResponse(String text) {
                    super.onPartialResponse(text);
                    throw new IllegalStateException("of the handler");
                  }
                }));
    all.add(
        cases.handled(
            "handler that throws at a tool call",
            heard ->
                new NotingHandler(heard) {
                  @Override
                  public void onCompleteToolCall(CompleteToolCall call) {
                    super.onCompleteToolCall(call);
                    throw new IllegalStateException("of the handler");
                  }
                }));
    return all;
  }
}
