package io.github.resilientchat.autoconfigure.guide;

import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.github.resilientchat.bedrock.GuardedBedrockRuntimeAsyncClient;
import io.github.resilientchat.bedrock.GuardedBedrockRuntimeClient;
import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.springai.BrokenStreams;
import java.time.Duration;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** The code of the guides to the Bedrock clients and to Spring AI's streams. */
record PlainModels(BedrockRuntimeClient sync, BedrockRuntimeAsyncClient async) {

  StreamingChatModel langChain4j() {
    // snippet: langchain4j
    StreamingChatModel model =
        BedrockStreamingChatModel.builder()
            .client(new GuardedBedrockRuntimeAsyncClient(async))
            .modelId("us.anthropic.claude-sonnet-4-6")
            .build();
    // end
    return model;
  }

  ChatModel springAi() {
    // snippet: spring-ai
    ChatModel model =
        BedrockProxyChatModel.builder()
            .bedrockRuntimeClient(new GuardedBedrockRuntimeClient(sync))
            .bedrockRuntimeAsyncClient(new GuardedBedrockRuntimeAsyncClient(async))
            .build();
    // end
    return model;
  }

  static Flux<ChatResponse> cancellable(ChatModel model, Prompt prompt) {
    // snippet: exchange
    Flux<ChatResponse> answer =
        Flux.from(
            subscriber -> {
              Exchange exchange = new Exchange(Duration.ofMinutes(5), true);
              try (Exchange.Scope ignored = exchange.open()) {
                model.stream(prompt).doFinally(end -> exchange.stop()).subscribe(subscriber);
              }
            });
    // end
    return answer;
  }

  static Flux<ChatResponse> restarted(ChatModel model, Prompt prompt, StringBuilder page) {
    // snippet: restart
    Flux<ChatResponse> answer =
        model.stream(prompt)
            .contextWrite(BrokenStreams.restart())
            .doOnNext(
                part -> {
                  if (BrokenStreams.isRestart(part)) {
                    page.setLength(0);
                  }
                });
    // end
    return answer;
  }
}
