package io.github.resilientchat.samples.teamchat;

import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.resilientchat.samples.teamchat.AnswerEvents.Part;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** LangChain4j, with nothing in it about users, quotas or failures. */
@RestController
@RequestMapping("/langchain4j")
class LangChain4jController {

  private final Assistant assistant;

  LangChain4jController(Assistant assistant) {
    this.assistant = assistant;
  }

  @GetMapping("/ask")
  String ask(@RequestParam String question) {
    return assistant.ask(question);
  }

  @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<Flux<ServerSentEvent<Part>>> stream(
      @RequestParam String question,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String seen) {
    return AnswerEvents.of(seen, answer(question));
  }

  /** A stream that its client leaves is cancelled, at its first part if it left before that. */
  private Flux<String> answer(String question) {
    return Flux.create(
        sink -> {
          AtomicReference<StreamingHandle> answer = new AtomicReference<>();
          sink.onCancel(
              () -> {
                StreamingHandle begun = answer.get();
                if (begun != null) {
                  begun.cancel();
                }
              });
          assistant.stream(question)
              .onPartialResponseWithContext(
                  (part, context) -> {
                    answer.set(context.streamingHandle());
                    if (sink.isCancelled()) {
                      context.streamingHandle().cancel();
                    }
                    sink.next(part.text());
                  })
              .onCompleteResponse(response -> sink.complete())
              .onError(sink::error)
              .start();
        });
  }
}
