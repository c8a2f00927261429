package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Who the user is, what the log says of them and which observation is current, in the tool, the
 * advisor and the fallback of a ChatClient's call that falls back after its tool.
 */
@ExtendWith(SharedSimulation.class)
class SecurityContextTest {

  private static final Duration AT_MOST = Duration.ofSeconds(30);
  private static final Authentication ALICE = new TestingAuthenticationToken("alice", "");
  private static final String MDC_KEY = "test.user";

  private final List<String> onThread = new CopyOnWriteArrayList<>();
  private final List<String> inContext = new CopyOnWriteArrayList<>();
  private final ObservationRegistry observations = TestObservationRegistry.create();
  private ChatClient client;

  @BeforeEach
  void start(Simulated simulated) {
    simulated.answer(BedrockContract::toolThenText);
    ChatModel fallback =
        simulated.model(
            BedrockChatOptions.builder().model(Simulated.FALLBACK.model()).build(), observations);
    ResilientChatModel model =
        ResilientChatModel.builder()
            .target(Simulated.PRIMARY, simulated.primary())
            .fallback(Simulated.FALLBACK, new Witness(fallback))
            .observationRegistry(observations)
            .build();
    client =
        ChatClient.builder(model, observations, null, null)
            .defaultAdvisors(new Listening())
            .defaultTools(new Booking(simulated))
            .build();
    ContextRegistry.getInstance()
        .registerThreadLocalAccessor(
            MDC_KEY,
            () -> MDC.get(MDC_KEY),
            user -> MDC.put(MDC_KEY, user),
            () -> MDC.remove(MDC_KEY));
  }

  @AfterEach
  void forget() {
    Hooks.disableAutomaticContextPropagation();
    ContextRegistry.getInstance().removeThreadLocalAccessor(MDC_KEY);
    SecurityContextHolder.clearContext();
    MDC.clear();
  }

  @Test
  void blockingCallKeepsThemOnItsThread() {
    signIn();

    assertThat(client.prompt("book").call().content()).isEqualTo("Booked.");

    assertThat(onThread)
        .containsExactly(
            "advisor alice alice",
            "tool alice alice spring.ai.tool<-resilient.chat",
            "fallback alice alice resilient.attempt<-resilient.chat",
            "advisor alice alice");
  }

  @Test
  void streamCarriesThemInItsContext() {
    String answer =
        content(
            client.prompt("book").stream()
                .content()
                .contextWrite(ReactiveSecurityContextHolder.withAuthentication(ALICE)));

    assertThat(answer).isEqualTo("Booked.");
    assertThat(inContext)
        .containsExactly(
            "advisor alice spring.ai.advisor<-spring.ai.chat.client",
            "tool alice resilient.chat<-spring.ai.advisor",
            "fallback alice resilient.attempt<-resilient.chat");
  }

  @Test
  void streamRestoresThemOnItsThreadsWhereContextIsPropagated() {
    Hooks.enableAutomaticContextPropagation();
    signIn();

    assertThat(content(client.prompt("book").stream().content())).isEqualTo("Booked.");

    assertThat(onThread)
        .startsWith(
            "advisor alice alice",
            "tool alice alice spring.ai.tool<-resilient.chat",
            "fallback alice alice resilient.attempt<-resilient.chat")
        .endsWith("advisor alice alice");
  }

  private static void signIn() {
    SecurityContextHolder.setContext(new SecurityContextImpl(ALICE));
    MDC.put(MDC_KEY, "alice");
  }

  private static String content(Flux<String> answer) {
    return String.join("", answer.collectList().block(AT_MOST));
  }

  private void onThread(String where) {
    Authentication user = SecurityContextHolder.getContext().getAuthentication();
    onThread.add(where + " " + (user == null ? null : user.getName()) + " " + MDC.get(MDC_KEY));
  }

  private void onThreadObserved(String where) {
    onThread(where);
    String seen = onThread.remove(onThread.size() - 1);
    onThread.add(seen + " " + named(observations.getCurrentObservation()));
  }

  private void inContext(String where, ContextView context) {
    String user =
        ReactiveSecurityContextHolder.getContext()
            .map(SecurityContext::getAuthentication)
            .map(Authentication::getName)
            .contextWrite(ctx -> ctx.putAll(context))
            .defaultIfEmpty("nobody")
            .block(AT_MOST);
    Observation current = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
    inContext.add(where + " " + user + " " + named(current));
  }

  /** The observation and the one around it. */
  private static String named(Observation observation) {
    if (observation == null) {
      return "none";
    }
    ObservationView around = observation.getContextView().getParentObservation();
    return observation.getContext().getName()
        + (around == null ? "" : "<-" + around.getContextView().getName());
  }

  /** A tool whose model goes away. */
  final class Booking {

    private final Simulated simulated;

    Booking(Simulated simulated) {
      this.simulated = simulated;
    }

    @Tool(description = "Books a flight")
    String book() {
      onThreadObserved("tool");
      inContext("tool", ToolCallReactiveContextHolder.getContext());
      simulated.primaryFails(503, "ServiceUnavailableException");
      return "booked";
    }
  }

  private final class Listening implements CallAdvisor, StreamAdvisor {

    @Override
    public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
      onThread("advisor");
      ChatClientResponse answer = chain.nextCall(request);
      onThread("advisor");
      return answer;
    }

    @Override
    public Flux<ChatClientResponse> adviseStream(
        ChatClientRequest request, StreamAdvisorChain chain) {
      return Mono.deferContextual(
              context -> {
                onThread("advisor");
                inContext("advisor", context);
                return Mono.just(request);
              })
          .flatMapMany(chain::nextStream)
          .doOnNext(part -> onThread("advisor"));
    }

    @Override
    public String getName() {
      return "listening";
    }

    @Override
    public int getOrder() {
      return 0;
    }
  }

  private final class Witness implements ChatModel {

    private final ChatModel model;

    Witness(ChatModel model) {
      this.model = model;
    }

    @Override
    public ChatOptions getDefaultOptions() {
      return model.getDefaultOptions();
    }

    @Override
    public ChatResponse call(Prompt prompt) {
      onThreadObserved("fallback");
      return model.call(prompt);
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
      return Flux.deferContextual(
          context -> {
            onThreadObserved("fallback");
            inContext("fallback", context);
            return model.stream(prompt);
          });
    }
  }
}
