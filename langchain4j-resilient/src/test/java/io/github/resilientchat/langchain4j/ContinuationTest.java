package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Admission;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The thread on which one user's stream ends goes on with another user's work: the application says
 * so, and its word about the thread comes before what the library carried there.
 */
class ContinuationTest {

  private static final Caller ALICE = Caller.user("alice");
  private static final Caller BOB = Caller.user("bob");
  private static final ThreadLocal<Caller> SESSION = new ThreadLocal<>();
  private static final long AT_MOST = 60;

  private final List<Caller> paid = new CopyOnWriteArrayList<>();
  private final List<String> threads = new CopyOnWriteArrayList<>();
  private final Engine engine = Engine.builder().quotas(this::admit).build();
  private final CallerResolver session = () -> Optional.ofNullable(SESSION.get());
  private final ResilientChatModel chat =
      ResilientChatModel.builder()
          .engine(engine)
          .callers(session)
          .target("a", ScriptedModel.named("a").answers("hi"))
          .build();
  private final ResilientStreamingChatModel stream =
      ResilientStreamingChatModel.builder()
          .engine(engine)
          .callers(session)
          .target("a", ScriptedStream.named("a").answers("hi"))
          .build();

  private Admission admit(ModelCall call) {
    paid.add(call.caller());
    return Admission.Unlimited.INSTANCE;
  }

  @AfterEach
  void forget() {
    SESSION.remove();
  }

  @Test
  void blockingCallOfAContinuationIsPaidByWhomTheApplicationNames() throws Exception {
    assertBobPays(() -> chat.chat(Answers.hello()));
  }

  @Test
  void streamOfAContinuationIsPaidByWhomTheApplicationNames() throws Exception {
    assertBobPays(() -> stream(new CompletableFuture<>()).join());
  }

  @Test
  void continuationOfNobodyInParticularIsPaidByWhoseThreadItIs() throws Exception {
    SESSION.set(ALICE);
    continuation(null, () -> chat.chat(Answers.hello()));

    assertThat(paid).containsExactly(ALICE, ALICE);
  }

  private void assertBobPays(Supplier<ChatResponse> call) throws Exception {
    SESSION.set(ALICE);
    continuation(BOB, call);

    assertThat(paid).containsExactly(ALICE, BOB);
    assertThat(threads.get(0)).startsWith("resilient-chat-stream");
  }

  private void continuation(Caller of, Supplier<ChatResponse> call) throws Exception {
    CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
    CompletableFuture<ChatResponse> next =
        answer.thenApply(
            before -> {
              threads.add(Thread.currentThread().getName());
              SESSION.set(of);
              try {
                return call.get();
              } finally {
                SESSION.remove();
              }
            });
    stream(answer);
    assertThat(next.get(AT_MOST, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("hi");
  }

  private CompletableFuture<ChatResponse> stream(CompletableFuture<ChatResponse> answer) {
    stream.chat(
        Answers.hello(),
        new StreamingChatResponseHandler() {
          @Override
          public void onCompleteResponse(ChatResponse response) {
            answer.complete(response);
          }

          @Override
          public void onError(Throwable error) {
            answer.completeExceptionally(error);
          }
        });
    return answer;
  }
}
