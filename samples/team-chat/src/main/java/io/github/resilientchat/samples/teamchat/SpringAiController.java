package io.github.resilientchat.samples.teamchat;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
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
  Flux<String> stream(@RequestParam String question) {
    return client.prompt(question).stream().content();
  }
}
