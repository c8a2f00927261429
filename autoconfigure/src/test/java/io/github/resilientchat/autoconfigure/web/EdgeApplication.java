package io.github.resilientchat.autoconfigure.web;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import io.github.resilientchat.core.CallerCarrier;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.simulator.BedrockSimulator;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.embedded.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** One application, on servlets or on Netty: every way from an endpoint to a model. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableAsync
class EdgeApplication {

  /**
   * Where a stream breaks, {@code gap} is long: a break overtakes words that nobody has fetched.
   */
  @Bean
  BedrockSimulator bedrock(@Value("${bedrock.gap:5ms}") Duration gap) {
    return BedrockSimulator.builder().tokenInterval(gap).start();
  }

  @Bean
  Reports reports() {
    return new Reports();
  }

  static final class Reports implements RouteListener {

    final List<CallReport> all = new CopyOnWriteArrayList<>();

    @Override
    public void onCall(CallReport report) {
      all.add(report);
    }
  }

  private static UserDetails[] users() {
    return Stream.of("alice", "bob", "carol", "mal\nory")
        .map(name -> User.withUsername(name).password("{noop}secret").roles("USER").build())
        .toArray(UserDetails[]::new);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = Type.SERVLET)
  static class Servlets {

    /** Events in which no model has a part, when there are some. */
    @RestController
    static final class OwnEvents {

      final BlockingQueue<AsyncContext> listeners = new LinkedBlockingQueue<>();

      @GetMapping("/own-events")
      void events(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.flushBuffer();
        listeners.add(request.startAsync(request, response));
      }
    }

    @Bean
    InMemoryUserDetailsManager users() {
      return new InMemoryUserDetailsManager(EdgeApplication.users());
    }

    @Bean
    org.springframework.web.servlet.function.RouterFunction<
            org.springframework.web.servlet.function.ServerResponse>
        functional(Endpoints endpoints) {
      return org.springframework.web.servlet.function.RouterFunctions.route()
          .GET(
              "/functional",
              request ->
                  org.springframework.web.servlet.function.ServerResponse.ok()
                      .body(endpoints.ask()))
          .build();
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(
              all ->
                  all.requestMatchers("/open/**", "/error")
                      .permitAll()
                      .anyRequest()
                      .authenticated())
          .httpBasic(Customizer.withDefaults())
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = Type.REACTIVE)
  static class Reactive {

    @Bean
    NettyReactiveWebServerFactory netty() {
      return new NettyReactiveWebServerFactory();
    }

    @Bean
    MapReactiveUserDetailsService users() {
      return new MapReactiveUserDetailsService(EdgeApplication.users());
    }

    @Bean
    org.springframework.web.reactive.function.server.RouterFunction<
            org.springframework.web.reactive.function.server.ServerResponse>
        functional(Endpoints endpoints) {
      return org.springframework.web.reactive.function.server.RouterFunctions.route()
          .GET(
              "/functional",
              request ->
                  org.springframework.web.reactive.function.server.ServerResponse.ok()
                      .body(endpoints.mono(), String.class))
          .build();
    }

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
      return http.authorizeExchange(
              all -> all.pathMatchers("/open/**").permitAll().anyExchange().authenticated())
          .httpBasic(Customizer.withDefaults())
          .build();
    }
  }

  @Component
  static class Worker {

    private final ChatModel model;

    Worker(ChatModel model) {
      this.model = model;
    }

    @Async
    public CompletableFuture<String> ask() {
      return CompletableFuture.completedFuture(model.chat("hello"));
    }

    @Async
    public CompletableFuture<String> thread() {
      return CompletableFuture.completedFuture(Thread.currentThread().toString());
    }
  }

  @RestController
  static class Endpoints {

    private static final Executor THREADS = task -> new Thread(task).start();

    private final ChatClient client;
    private final ChatModel model;
    private final StreamingChatModel streams;
    private final Worker worker;
    private final CallerCarrier carrier;

    Endpoints(
        ChatClient.Builder client,
        ChatModel model,
        StreamingChatModel streams,
        Worker worker,
        CallerCarrier carrier) {
      this.client = client.build();
      this.model = model;
      this.streams = streams;
      this.worker = worker;
      this.carrier = carrier;
    }

    private String ask() {
      return client.prompt("hello").call().content();
    }

    @GetMapping({"/spring/blocking", "/open/blocking"})
    String blocking() {
      return ask();
    }

    @GetMapping("/spring/mono")
    Mono<String> mono() {
      return Mono.fromCallable(this::ask).subscribeOn(Schedulers.boundedElastic());
    }

    @GetMapping("/spring/late-mono")
    Mono<String> lateMono() {
      return Mono.delay(Duration.ofMillis(1))
          .flatMap(tick -> Mono.fromCallable(this::ask).subscribeOn(Schedulers.boundedElastic()));
    }

    @GetMapping(
        path = {"/spring/stream", "/open/stream"},
        produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> stream() {
      return client.prompt("hello").stream().content();
    }

    /** The call is made on another thread, later. */
    @GetMapping(path = "/spring/late-stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> lateStream() {
      return Mono.delay(Duration.ofMillis(100)).thenMany(Flux.defer(this::stream));
    }

    @GetMapping("/empty")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void empty() {
      ask();
    }

    @GetMapping("/empty-mono")
    Mono<Void> emptyMono() {
      return mono().then();
    }

    /** A tool that asks a model of the other framework. */
    final class Helper {

      @Tool(description = "asks somebody else")
      @dev.langchain4j.agent.tool.Tool("asks somebody else")
      public String askAround() {
        return model.chat("inner");
      }
    }

    interface Assistant {
      String chat(String question);
    }

    interface StreamingAssistant {
      TokenStream chat(String question);
    }

    @GetMapping("/spring/tool")
    Mono<String> tool() {
      return Mono.fromCallable(
              () -> client.prompt("use the tool").tools(new Helper()).call().content())
          .subscribeOn(Schedulers.boundedElastic());
    }

    @GetMapping(path = "/spring/tool-stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> toolStream() {
      return client.prompt("use the tool").tools(new Helper()).stream().content();
    }

    @GetMapping("/langchain4j/tool")
    Mono<String> assistantsTool() {
      Assistant assistant =
          AiServices.builder(Assistant.class).chatModel(model).tools(new Helper()).build();
      return Mono.fromCallable(() -> assistant.chat("use the tool"))
          .subscribeOn(Schedulers.boundedElastic());
    }

    @GetMapping(path = "/langchain4j/tool-stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> assistantsToolStream() {
      StreamingAssistant assistant =
          AiServices.builder(StreamingAssistant.class)
              .streamingChatModel(streams)
              .tools(new Helper())
              .build();
      return Flux.create(
          sink ->
              assistant
                  .chat("use the tool")
                  .onPartialResponse(sink::next)
                  .onCompleteResponse(answer -> sink.complete())
                  .onError(sink::error)
                  .start());
    }

    @GetMapping("/route")
    Mono<String> route(@RequestParam String name) {
      return Mono.fromCallable(
              () ->
                  client
                      .prompt("hello")
                      .options(ChatOptions.builder().model(name).build())
                      .call()
                      .content())
          .subscribeOn(Schedulers.boundedElastic());
    }

    @GetMapping("/langchain4j/blocking")
    Mono<String> langChain4j() {
      return Mono.fromCallable(() -> model.chat("hello")).subscribeOn(Schedulers.boundedElastic());
    }

    @GetMapping(path = "/langchain4j/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> langChain4jStream() {
      return Flux.create(
          sink ->
              streams.chat(
                  "hello",
                  new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String part) {
                      sink.next(part);
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse answer) {
                      sink.complete();
                    }

                    @Override
                    public void onError(Throwable error) {
                      sink.error(error);
                    }
                  }));
    }

    @GetMapping("/async")
    CompletableFuture<String> async() {
      return worker.ask();
    }

    /** On which threads work is done. */
    @GetMapping("/threads")
    List<String> threads() {
      return List.of(Thread.currentThread().toString(), worker.thread().join());
    }

    @GetMapping("/bare-thread")
    CompletableFuture<String> bareThread() {
      return CompletableFuture.supplyAsync(this::ask, THREADS);
    }

    @GetMapping("/carried")
    CompletableFuture<String> carried() {
      return CompletableFuture.supplyAsync(this::ask, carrier.executor(THREADS));
    }

    @GetMapping("/wrapped")
    Mono<String> wrapped() {
      return Mono.fromCallable(() -> inside(this::ask)).subscribeOn(Schedulers.boundedElastic());
    }

    private static String inside(Supplier<String> call) {
      try {
        return call.get();
      } catch (RuntimeException error) {
        throw new CompletionException(new UndeclaredThrowableException(error));
      }
    }
  }
}
