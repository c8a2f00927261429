package io.github.resilientchat.compatibility.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilientchat.autoconfigure.identity.Callers;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.engine.Engine;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A quota from properties holds over the models of both frameworks, Spring AI 2 and the core of
 * LangChain4j 1.23. The models behind are the test's: the frameworks' own for Bedrock cannot be had
 * of these lines.
 */
class QuotasOnBoot4Test {

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    @Bean
    io.github.resilientchat.springai.ResilientChatModel springAi(
        Engine engine, @Qualifier(Callers.OF_ALL_SOURCES) CallerResolver callers) {
      return io.github.resilientchat.springai.ResilientChatModel.builder()
          .engine(engine)
          .target("one", new Parrot())
          .callers(callers)
          .build();
    }

    @Bean
    io.github.resilientchat.langchain4j.ResilientChatModel langChain4j(
        Engine engine, @Qualifier(Callers.OF_ALL_SOURCES) CallerResolver callers) {
      return io.github.resilientchat.langchain4j.ResilientChatModel.builder()
          .engine(engine)
          .target("two", new OtherParrot())
          .callers(callers)
          .build();
    }

    @RestController
    static class Endpoints {

      private final io.github.resilientchat.springai.ResilientChatModel springAi;
      private final io.github.resilientchat.langchain4j.ResilientChatModel langChain4j;

      Endpoints(
          io.github.resilientchat.springai.ResilientChatModel springAi,
          io.github.resilientchat.langchain4j.ResilientChatModel langChain4j) {
        this.springAi = springAi;
        this.langChain4j = langChain4j;
      }

      @GetMapping("/spring-ai")
      Mono<String> springAi() {
        return Mono.fromCallable(() -> springAi.call("hello"))
            .subscribeOn(Schedulers.boundedElastic());
      }

      @GetMapping(path = "/spring-ai/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
      Flux<String> stream() {
        return springAi.stream("hello");
      }

      @GetMapping("/langchain4j")
      Mono<String> langChain4j() {
        return Mono.fromCallable(() -> langChain4j.chat("hello"))
            .subscribeOn(Schedulers.boundedElastic());
      }
    }
  }

  static final class Parrot implements ChatModel {

    @Override
    public org.springframework.ai.chat.model.ChatResponse call(Prompt prompt) {
      return new org.springframework.ai.chat.model.ChatResponse(
          List.of(new Generation(new AssistantMessage("parrot"))));
    }

    @Override
    public Flux<org.springframework.ai.chat.model.ChatResponse> stream(Prompt prompt) {
      return Flux.defer(() -> Flux.just(call(prompt)));
    }
  }

  static final class OtherParrot implements dev.langchain4j.model.chat.ChatModel {

    @Override
    public ChatResponse doChat(ChatRequest request) {
      return ChatResponse.builder().aiMessage(AiMessage.from("other parrot")).build();
    }
  }

  @ParameterizedTest
  @EnumSource
  void quotaIsOneOverBothFrameworks(Server server) throws Exception {
    try (ConfigurableApplicationContext application =
        server.start(Application.class, "resilient.quotas.default.limits=3rpm")) {
      assertThat(Server.get(application, "/spring-ai").body()).isEqualTo("parrot");
      assertThat(Server.get(application, "/langchain4j").body()).isEqualTo("other parrot");
      HttpResponse<String> stream = Server.get(application, "/spring-ai/stream");
      assertThat(stream.body()).contains("data:parrot");
      assertThat(stream.headers().firstValue("RateLimit")).hasValue("\"user-rpm\";r=0");

      for (String path : List.of("/langchain4j", "/spring-ai", "/spring-ai/stream")) {
        HttpResponse<String> refused = Server.get(application, path);
        assertThat(refused.statusCode()).as(path + refused.body()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).as(path).isPresent();
        assertThat(refused.body()).contains("\"violated-policies\":[\"user-rpm\"]");
      }
    }
  }
}
