package io.github.resilientchat.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What {@code ChatModel} has from 1.20 on, through a jar that knows 1.16 alone. */
class ChatAsyncTest {

  private final List<String> threads = new CopyOnWriteArrayList<>();
  private final List<CallReport> reports = new CopyOnWriteArrayList<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  private final Engine engine =
      Engine.builder()
          .listener(
              new RouteListener() {
                @Override
                public void onCall(CallReport report) {
                  reports.add(report);
                }
              })
          .build();

  private ChatModel over(ChatModel model) {
    return ResilientChatModel.builder().engine(engine).target("only", model).build();
  }

  private final ChatModel answers =
      new ChatModel() {
        @Override
        public ChatResponse doChat(ChatRequest request) {
          threads.add(Thread.currentThread().getName());
          String who = MDC.get("user") + " " + CallerScope.current().map(Caller::user).orElse("-");
          return ChatResponse.builder().aiMessage(AiMessage.from(who)).build();
        }
      };

  private final ChatModel hangs =
      new ChatModel() {
        @Override
        public ChatResponse doChat(ChatRequest request) {
          asked.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
          }
          throw new AssertionError("nobody counts");
        }
      };

  private static ChatRequest question() {
    return ChatRequest.builder().messages(UserMessage.from("hello")).build();
  }

  @Test
  void answerComesFromAnotherThreadWithTheCallersContext() throws Exception {
    MDC.put("user", "mdc-alice");
    CompletableFuture<ChatResponse> answer;
    try {
      answer = CallerScope.callAs(Caller.user("alice"), () -> over(answers).chatAsync(question()));
    } finally {
      MDC.clear();
    }

    assertThat(answer.get(30, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("mdc-alice alice");
    assertThat(threads).doesNotContain(Thread.currentThread().getName());
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).caller().user()).isEqualTo("alice");
  }

  @Test
  void everyWayOfAskingGoesThroughIt() throws Exception {
    ChatModel model = over(answers);

    assertThat(model.chatAsync("hello").get(30, TimeUnit.SECONDS)).isEqualTo("null -");
    assertThat(model.chatAsync(UserMessage.from("hello")).get(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(model.doChatAsync(question()).get(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(reports).hasSize(3);
  }

  @Test
  void cancellingTheFutureEndsTheCallOnce() throws Exception {
    CompletableFuture<ChatResponse> answer = over(hangs).chatAsync(question());
    asked.await();

    assertThat(answer.cancel(true)).isTrue();

    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(answer::get).isInstanceOf(CancellationException.class);
    assertThat(answer.cancel(true)).isTrue();
  }

  @Test
  void failureIsTheFuturesOnly() {
    ChatModel refuses =
        new ChatModel() {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            throw new IllegalArgumentException("no such option");
          }
        };

    assertThatThrownBy(() -> over(refuses).chatAsync(question()).get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void publisherOfAStreamSaysThatThereIsNone() throws Exception {
    StreamingChatModel silent =
        new StreamingChatModel() {
          @Override
          public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {}
        };
    StreamingChatModel model = ResilientStreamingChatModel.builder().target("only", silent).build();
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    try {
      model
          .chat(question())
          .subscribe(
              new Flow.Subscriber<ChatModelStreamingEvent>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                  subscription.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(ChatModelStreamingEvent event) {}

                @Override
                public void onError(Throwable error) {
                  told.complete(error);
                }

                @Override
                public void onComplete() {}
              });
    } catch (RuntimeException thrown) {
      told.complete(thrown);
    }

    assertThat(told.get(30, TimeUnit.SECONDS)).hasMessageContaining("not implemented");
  }
}
