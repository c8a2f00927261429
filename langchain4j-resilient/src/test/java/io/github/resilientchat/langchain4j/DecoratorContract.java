package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What any decorator with a fallback owes its user; see {@link NaiveDecoratorTest}. */
abstract class DecoratorContract {

  abstract ChatModel decorate(ChatModel primary, ChatModel fallback);

  abstract StreamingChatModel decorate(StreamingChatModel primary, StreamingChatModel fallback);

  @Test
  void fallbackIsAskedForItsOwnModel() {
    ScriptedModel primary = ScriptedModel.named("model-a").fails(new RateLimitException("slow"));
    ScriptedModel fallback = ScriptedModel.named("model-b").answers("from b");

    decorate(primary, fallback).chat("hello");

    assertThat(fallback.requests().get(0).modelName()).isEqualTo("model-b");
  }

  @Test
  void listenerOfAModelHearsEachOfItsCallsOnce() {
    AtomicInteger requests = new AtomicInteger();
    ChatModelListener counting =
        new ChatModelListener() {
          @Override
          public void onRequest(ChatModelRequestContext context) {
            requests.incrementAndGet();
          }
        };
    ScriptedModel primary = ScriptedModel.named("model-a").answers("hi").listening(counting);

    decorate(primary, ScriptedModel.named("model-b")).chat("hello");

    assertThat(requests).hasValue(1);
  }

  /** A stream that breaks after its tool call, in a service that runs tools as soon as called. */
  @Test
  void toolRunsOnceAlthoughTheStreamBreaks() throws Exception {
    Payments payments = new Payments();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    CompleteToolCall call = new CompleteToolCall(0, Answers.toolCall("pay", "{}"));
    ScriptedStream primary =
        ScriptedStream.named("model-a")
            .then(
                to -> {
                  to.onCompleteToolCall(call);
                  to.onError(new InternalServerException("reset"));
                })
            .answers("paid");
    ScriptedStream fallback =
        ScriptedStream.named("model-b")
            .then(
                to -> {
                  to.onCompleteToolCall(call);
                  to.onCompleteResponse(Answers.callingTool("pay", "{}"));
                });
    Service service =
        AiServices.builder(Service.class)
            .streamingChatModel(decorate(primary, fallback))
            .tools(payments)
            .executeToolsConcurrently(Runnable::run)
            .build();

    service
        .chat("pay the bill")
        .onPartialResponse(text -> {})
        .onCompleteResponse(response -> ended.complete(null))
        .onError(error -> ended.complete(null))
        .start();
    ended.get(30, TimeUnit.SECONDS);

    assertThat(payments.made).hasValue(1);
  }

  interface Service {
    TokenStream chat(String message);
  }

  static final class Payments {
    final AtomicInteger made = new AtomicInteger();

    @Tool("pays")
    String pay() {
      return "payment " + made.incrementAndGet();
    }
  }
}
