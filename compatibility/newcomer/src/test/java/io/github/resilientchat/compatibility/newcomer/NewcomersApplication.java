package io.github.resilientchat.compatibility.newcomer;

import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.spring.AiService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import reactor.core.publisher.Flux;

/** Nothing in it knows of users, quotas or routes. */
@SpringBootApplication
@EnableAsync
class NewcomersApplication {

  @AiService
  interface Assistant {
    String chat(String question);

    TokenStream stream(String question);
  }

  @Component
  static class Later {

    private final Assistant assistant;

    Later(Assistant assistant) {
      this.assistant = assistant;
    }

    @Async
    public CompletableFuture<String> ask() {
      return CompletableFuture.completedFuture(assistant.chat("Hello"));
    }
  }

  @RestController
  static class Endpoints {

    private static final Executor THREADS = task -> new Thread(task).start();

    private final ChatClient chat;
    private final Assistant assistant;
    private final Later later;
    private final ChatMemory memory;

    Endpoints(ChatClient.Builder builder, Assistant assistant, Later later, ChatMemory memory) {
      this.chat = builder.build();
      this.memory = memory;
      this.assistant = assistant;
      this.later = later;
    }

    @GetMapping("/spring-ai/ask")
    String ask() {
      return chat.prompt("Hello").call().content();
    }

    @GetMapping("/spring-ai/remembered")
    int remembered() {
      chat.prompt("Hello")
          .advisors(MessageChatMemoryAdvisor.builder(memory).build())
          .advisors(advisor -> advisor.param(ChatMemory.CONVERSATION_ID, "first"))
          .call()
          .content();
      return memory.get("first").size();
    }

    @GetMapping(path = "/spring-ai/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> stream() {
      return chat.prompt("Hello").stream().content();
    }

    @GetMapping("/langchain4j/ask")
    String askAssistant() {
      return assistant.chat("Hello");
    }

    @GetMapping("/langchain4j/emitter")
    SseEmitter emitter() {
      SseEmitter emitter = new SseEmitter();
      assistant.stream("Hello")
          .onPartialResponse(part -> send(part, emitter))
          .onCompleteResponse(answer -> emitter.complete())
          .onError(emitter::completeWithError)
          .start();
      return emitter;
    }

    private static void send(String part, SseEmitter emitter) {
      try {
        emitter.send(part);
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }

    @GetMapping("/callable")
    Callable<String> callable() {
      return () -> assistant.chat("Hello");
    }

    @GetMapping("/async")
    CompletableFuture<String> async() {
      return later.ask();
    }

    @GetMapping("/entity")
    ResponseEntity<String> entity() {
      return ResponseEntity.ok(assistant.chat("Hello"));
    }

    @GetMapping("/bare-thread")
    CompletableFuture<String> bareThread() {
      return CompletableFuture.supplyAsync(() -> assistant.chat("Hello"), THREADS);
    }
  }
}
