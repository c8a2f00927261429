package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.end;
import static io.github.resilientchat.springai.ScriptedChatModel.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.context.ContextRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.scheduler.NonBlocking;

/** What applications keep on threads and in contexts reaches the model that a call moved to. */
class FailoverContextTest {

  private static final Duration AT_MOST = Duration.ofSeconds(30);
  private static final String KEY = "test.principal";
  private static final ThreadLocal<String> PRINCIPAL = new ThreadLocal<>();

  private final List<String> onThread = new CopyOnWriteArrayList<>();
  private final List<String> inContext = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  @BeforeEach
  void register() {
    ContextRegistry.getInstance().registerThreadLocalAccessor(KEY, PRINCIPAL);
  }

  @AfterEach
  void unregister() {
    Hooks.disableAutomaticContextPropagation();
    ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
    PRINCIPAL.remove();
  }

  @Test
  void reactorContextReachesBothModelsOfAStream() {
    String answer =
        content(
            model().stream(new Prompt("hi")).contextWrite(context -> context.put(KEY, "alice")));

    assertThat(answer).isEqualTo("hi");
    assertThat(inContext).containsExactly("alice", "alice");
  }

  @Test
  void threadLocalsReachBothModelsOfAStreamWhereContextIsPropagated() {
    Hooks.enableAutomaticContextPropagation();

    String answer =
        content(
            model().stream(new Prompt("hi")).contextWrite(context -> context.put(KEY, "alice")));

    assertThat(answer).isEqualTo("hi");
    assertThat(onThread).containsExactly("alice", "alice");
  }

  @Test
  void threadLocalsOfTheSubscriberReachBothModelsWhereContextIsPropagated() {
    Hooks.enableAutomaticContextPropagation();
    PRINCIPAL.set("alice");

    content(model().stream(new Prompt("hi")));

    assertThat(onThread).containsExactly("alice", "alice");
  }

  @Test
  void modelsAreAskedWhereBlockingIsAllowed() {
    content(model().stream(new Prompt("hi")));

    assertThat(threads).hasSize(2).noneMatch(NonBlocking.class::isInstance);
    assertThat(threads.get(1)).isNotEqualTo(Thread.currentThread());
    assertThat(threads.get(1).getName()).isNotEqualTo("client");
  }

  @Test
  void threadLocalsReachBothModelsOfACall() {
    PRINCIPAL.set("alice");

    ChatResponse answer = model().call(new Prompt("hi"));

    assertThat(Words.of(answer)).isEqualTo("hi");
    assertThat(onThread).containsExactly("alice", "alice");
    assertThat(threads).containsOnly(Thread.currentThread());
  }

  private static String content(Flux<ChatResponse> answer) {
    return String.join("", answer.map(Words::of).collectList().block(AT_MOST));
  }

  private ResilientChatModel model() {
    // The error comes on a thread that knows nothing, as a client's event loop.
    Flux<ChatResponse> failing =
        Flux.create(
            sink -> new Thread(() -> sink.error(new IOException("injected")), "client").start());
    return ResilientChatModel.builder()
        .target(
            "failing", new Witness(failing, new UncheckedIOException(new IOException("injected"))))
        .fallback("answering", new Witness(Flux.just(text("hi"), end(1, 1)), null))
        .build();
  }

  /** Remembers what it saw when it was asked. */
  private final class Witness implements ChatModel {

    private final Flux<ChatResponse> script;
    private final RuntimeException failure;

    Witness(Flux<ChatResponse> script, RuntimeException failure) {
      this.script = script;
      this.failure = failure;
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
      saw();
      return Flux.deferContextual(
          context -> {
            inContext.add(context.getOrDefault(KEY, "nobody"));
            return script;
          });
    }

    @Override
    public ChatResponse call(Prompt prompt) {
      saw();
      if (failure != null) {
        throw failure;
      }
      return text("hi");
    }

    private void saw() {
      onThread.add(String.valueOf(PRINCIPAL.get()));
      threads.add(Thread.currentThread());
    }
  }
}
