package io.github.resilientchat.benchmarks.soak;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.resilientchat.langchain4j.StreamStartHandler;
import java.util.Objects;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** How a caller listens to either framework, decorated or not. */
final class Listening {

  private static final ChatRequest HELLO =
      ChatRequest.builder().messages(UserMessage.from("hello")).build();

  private Listening() {}

  static Streams to(StreamingChatModel model) {
    return call -> model.chat(HELLO, new Handler(call));
  }

  static Streams to(ChatModel model) {
    return call -> {
      Flux<String> words =
          model.stream(new Prompt("hello"))
              .mapNotNull(part -> part.getResult())
              .mapNotNull(result -> result.getOutput().getText())
              .filter(text -> !text.isEmpty());
      Disposable.Swap subscription = reactor.core.Disposables.swap();
      call.leaveBy(subscription::dispose);
      subscription.update(
          words
              // Spring AI's model would otherwise prepare the request on the caller's thread.
              .subscribeOn(Schedulers.boundedElastic())
              .subscribe(call::hear, call::fail, call::complete));
    };
  }

  private static final class Handler implements StreamStartHandler {

    private final Call call;

    private Handler(Call call) {
      this.call = call;
    }

    @Override
    public void onStart(StreamingHandle handle) {
      call.leaveBy(handle::cancel);
    }

    @Override
    public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
      call.leaveBy(Objects.requireNonNull(context.streamingHandle())::cancel);
      call.hear(text.text());
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      call.complete();
    }

    @Override
    public void onError(Throwable error) {
      call.fail(error);
    }
  }
}
