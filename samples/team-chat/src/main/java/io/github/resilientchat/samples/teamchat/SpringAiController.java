package io.github.resilientchat.samples.teamchat;

import io.github.resilientchat.samples.teamchat.AnswerEvents.Part;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Spring AI, with nothing in it about users, quotas or failures. */
@RestController
@RequestMapping("/spring-ai")
class SpringAiController {

  private final ChatClient client;

  SpringAiController(ChatClient.Builder builder) {
    client = builder.build();
  }

  @GetMapping("/ask")
  @Nullable String ask(@RequestParam String question) {
    return client.prompt(question).call().content();
  }

  @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<Flux<ServerSentEvent<Part>>> stream(
      @RequestParam String question,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String seen) {
    return AnswerEvents.of(seen, client.prompt(question).stream().content());
  }
}
