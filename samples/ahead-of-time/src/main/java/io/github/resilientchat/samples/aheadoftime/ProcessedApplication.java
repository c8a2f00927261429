package io.github.resilientchat.samples.aheadoftime;

import dev.langchain4j.model.chat.ChatModel;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Asks by both frameworks. */
@SpringBootApplication
public class ProcessedApplication {

  public static void main(String[] args) {
    SpringApplication.run(ProcessedApplication.class, args);
  }

  @RestController
  static class Endpoints {

    private final ChatClient client;
    private final ChatModel model;
    private final Assistant assistant;

    Endpoints(ChatClient.Builder client, ChatModel model, Assistant assistant) {
      this.client = client.build();
      this.model = model;
      this.assistant = assistant;
    }

    @GetMapping("/spring-ai")
    @Nullable String ask() {
      return client.prompt("Hello").call().content();
    }

    @GetMapping(path = "/spring-ai/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> stream() {
      return client.prompt("Hello").stream().content();
    }

    @GetMapping("/langchain4j")
    String chat() {
      return model.chat("Hello");
    }

    @GetMapping("/langchain4j/service")
    String service() {
      return assistant.chat("Hello");
    }
  }
}
