package io.github.resilientchat.springai;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/**
 * Spring AI's Bedrock model, whose request leaves when its stream has a subscriber. The model alone
 * sends it before, and what comes until then it queues, where an error drops the words ahead of it:
 * a subscriber who is held up in between would hear of none.
 */
final class SubscribedFirst implements ChatModel {

  private final ThreadLocal<Runnable> request = new ThreadLocal<>();
  private final ChatModel model;

  /**
   * @param model over a client of its own
   */
  SubscribedFirst(
      BedrockRuntimeAsyncClient client, Function<BedrockRuntimeAsyncClient, ChatModel> model) {
    this.model = model.apply(new Holding(client));
  }

  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    Publisher<ChatResponse> stream =
        subscriber -> {
          model.stream(prompt).subscribe(subscriber);
          request.get().run();
          request.remove();
        };
    return Flux.from(stream);
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    return model.call(prompt);
  }

  @Override
  public ChatOptions getDefaultOptions() {
    return model.getDefaultOptions();
  }

  private final class Holding implements BedrockRuntimeAsyncClient {

    private final BedrockRuntimeAsyncClient client;

    Holding(BedrockRuntimeAsyncClient client) {
      this.client = client;
    }

    /** The model looks at no future; its handler hears of the end. */
    @Override
    public CompletableFuture<Void> converseStream(
        ConverseStreamRequest asked, ConverseStreamResponseHandler handler) {
      request.set(() -> client.converseStream(asked, handler));
      return new CompletableFuture<>();
    }

    @Override
    public String serviceName() {
      return client.serviceName();
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
