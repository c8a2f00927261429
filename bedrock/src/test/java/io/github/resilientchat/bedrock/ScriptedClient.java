package io.github.resilientchat.bedrock;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/** A client that behaves as no client of the SDK does, but as one around it may. */
final class ScriptedClient implements BedrockRuntimeAsyncClient {

  private final CompletableFuture<Void> future = new CompletableFuture<>();
  private final BiConsumer<ConverseStreamResponseHandler, CompletableFuture<Void>> script;
  private final Consumer<InvokeModelWithResponseStreamResponseHandler> invokeScript;

  ScriptedClient(BiConsumer<ConverseStreamResponseHandler, CompletableFuture<Void>> script) {
    this.script = script;
    this.invokeScript = handler -> {};
  }

  private ScriptedClient(Consumer<InvokeModelWithResponseStreamResponseHandler> script) {
    this.script = (handler, ended) -> {};
    this.invokeScript = script;
  }

  static ScriptedClient of(Publisher<ConverseStreamOutput> events) {
    return new ScriptedClient(
        (handler, ended) -> handler.onEventStream(SdkPublisher.adapt(events)));
  }

  static ScriptedClient invoking(Publisher<ResponseStream> events) {
    return new ScriptedClient(handler -> handler.onEventStream(SdkPublisher.adapt(events)));
  }

  BedrockRuntimeAsyncClient guarded() {
    return new GuardedBedrockRuntimeAsyncClient(this);
  }

  @Override
  public CompletableFuture<Void> converseStream(
      ConverseStreamRequest request, ConverseStreamResponseHandler handler) {
    script.accept(handler, future);
    return future;
  }

  @Override
  public CompletableFuture<Void> invokeModelWithResponseStream(
      InvokeModelWithResponseStreamRequest request,
      InvokeModelWithResponseStreamResponseHandler handler) {
    invokeScript.accept(handler);
    return future;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
