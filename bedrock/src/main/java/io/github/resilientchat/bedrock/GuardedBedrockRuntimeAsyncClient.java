package io.github.resilientchat.bedrock;

import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeServiceClientConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ApplyGuardrailRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ApplyGuardrailResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensResponse;
import software.amazon.awssdk.services.bedrockruntime.model.GetAsyncInvokeRequest;
import software.amazon.awssdk.services.bedrockruntime.model.GetAsyncInvokeResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeGuardrailChecksRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeGuardrailChecksResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ListAsyncInvokesRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ListAsyncInvokesResponse;
import software.amazon.awssdk.services.bedrockruntime.model.StartAsyncInvokeRequest;
import software.amazon.awssdk.services.bedrockruntime.model.StartAsyncInvokeResponse;

/**
 * An asynchronous Bedrock client whose streams end exactly once, end truthfully, and can be
 * stopped. Of {@code converseStream} and {@code invokeModelWithResponseStream} it promises:
 *
 * <ul>
 *   <li>A failure reaches the event subscriber, the handler's {@code exceptionOccurred} and the
 *       future once each, as the SDK's exception without a {@code CompletionException} around it,
 *       and nothing follows; but the handler gets what happens before the stream begins as the SDK
 *       tells it, in one. Only functions given to {@code exceptionally} on the future itself are
 *       not called when the event subscriber was told: LangChain4j listens to both and would report
 *       the failure twice.
 *   <li>If the wrapped client retries, failures before the stream stay hidden until the last one;
 *       once the stream has begun, the first failure is the last and stops the retries.
 *   <li>A {@code converseStream} that ends without {@code messageStop} and {@code metadata} fails
 *       with {@code AttemptFailedException}; after both, a transport error no longer matters.
 *   <li>What the event subscriber or the handler throws, an {@code Error} too, ends the stream as a
 *       failure for those who have not heard of an end, and closes the HTTP exchange. One that
 *       throws at being told of the end is not told again; the future fails with it, or with the
 *       failure that it was told of, in which it is suppressed.
 *   <li>A subscriber that throws on the end of a {@code converseStream} whose stop reason not every
 *       framework knows is given {@code messageStop} (and {@code metadata}, if it threw on that)
 *       once more, with the nearest reason that all of them know: {@code max_tokens} for {@code
 *       model_context_window_exceeded}, else {@code end_turn}. One that takes the reason hears it
 *       once and as it is.
 *   <li>Cancelling the future or the event subscription closes the HTTP exchange. The first ends
 *       the stream with a {@code CancellationException}, the second, as in the SDK, without an
 *       error.
 *   <li>An {@link io.github.resilientchat.core.adapter.Exchange} that is current on the calling
 *       thread closes it, too, when it is stopped; without time left, nothing is sent.
 *   <li>That exchange is told when the service took the request, of every content event of a {@code
 *       converseStream}, pieces of a tool call included, before the subscriber gets it, of what the
 *       answer used, and that a whole one has a stop reason.
 *   <li>While that exchange has no room, nothing more is asked of the service, and at most 16
 *       events that were on their way still arrive; the connection then fills up and the service
 *       waits. The HTTP client's read timeout goes on: it ends a stream that is held for longer.
 *       Making room may deliver events on the thread that does so.
 * </ul>
 *
 * Frameworks keep the future to themselves; an exchange is the way to stop them. For Spring AI,
 * whose request starts on the subscribing thread:
 *
 * <pre>{@code
 * Flux<ChatResponse> answer = Flux.from(subscriber -> {
 *   Exchange exchange = new Exchange(Duration.ofMinutes(5), true);
 *   try (Exchange.Scope scope = exchange.open()) {
 *     chatModel.stream(prompt).doFinally(end -> exchange.stop()).subscribe(subscriber);
 *   }
 * });
 * }</pre>
 *
 * With {@code doFinally} the exchange is stopped after Spring AI's own stream was cancelled, so
 * that its end as a failure is not passed through all operators and logged by each.
 *
 * <p>Every other operation is passed on as it is. Wraps any client and is as thread-safe as that;
 * closing it closes the wrapped client. Signals come on the SDK's threads, and the one that ends a
 * stopped stream on the thread that stops it.
 */
public final class GuardedBedrockRuntimeAsyncClient implements BedrockRuntimeAsyncClient {

  private final Lazy<BedrockRuntimeAsyncClient> delegate;
  private final OpenCalls calls;
  private final RequestShape shape;

  public GuardedBedrockRuntimeAsyncClient(BedrockRuntimeAsyncClient delegate) {
    this(Lazy.of(delegate), new OpenCalls());
  }

  GuardedBedrockRuntimeAsyncClient(Lazy<BedrockRuntimeAsyncClient> delegate, OpenCalls calls) {
    this(delegate, calls, RequestShape.AS_IT_IS);
  }

  private GuardedBedrockRuntimeAsyncClient(
      Lazy<BedrockRuntimeAsyncClient> delegate, OpenCalls calls, RequestShape shape) {
    this.delegate = delegate;
    this.calls = calls;
    this.shape = shape;
  }

  /**
   * The same client, whose {@code converseStream} makes requests fit a target before it sends them.
   */
  public GuardedBedrockRuntimeAsyncClient shapedBy(RequestShape target) {
    return new GuardedBedrockRuntimeAsyncClient(delegate, calls, target);
  }

  @Override
  public CompletableFuture<Void> converseStream(
      ConverseStreamRequest asked, ConverseStreamResponseHandler handler) {
    ConverseStreamRequest request = shape.fit(asked);
    ConverseAnswer answer = new ConverseAnswer(handler);
    return answer.run(calls, () -> delegate.get().converseStream(request, answer));
  }

  @Override
  public CompletableFuture<Void> invokeModelWithResponseStream(
      InvokeModelWithResponseStreamRequest request,
      InvokeModelWithResponseStreamResponseHandler handler) {
    InvokeModelAnswer answer = new InvokeModelAnswer(handler);
    return answer.run(calls, () -> delegate.get().invokeModelWithResponseStream(request, answer));
  }

  @Override
  public CompletableFuture<Void> invokeModelWithBidirectionalStream(
      InvokeModelWithBidirectionalStreamRequest request,
      Publisher<InvokeModelWithBidirectionalStreamInput> input,
      InvokeModelWithBidirectionalStreamResponseHandler handler) {
    return delegate.get().invokeModelWithBidirectionalStream(request, input, handler);
  }

  @Override
  public CompletableFuture<ConverseResponse> converse(ConverseRequest request) {
    return delegate.get().converse(request);
  }

  @Override
  public CompletableFuture<InvokeModelResponse> invokeModel(InvokeModelRequest request) {
    return delegate.get().invokeModel(request);
  }

  @Override
  public CompletableFuture<ApplyGuardrailResponse> applyGuardrail(ApplyGuardrailRequest request) {
    return delegate.get().applyGuardrail(request);
  }

  @Override
  public CompletableFuture<CountTokensResponse> countTokens(CountTokensRequest request) {
    return delegate.get().countTokens(request);
  }

  @Override
  public CompletableFuture<InvokeGuardrailChecksResponse> invokeGuardrailChecks(
      InvokeGuardrailChecksRequest request) {
    return delegate.get().invokeGuardrailChecks(request);
  }

  @Override
  public CompletableFuture<GetAsyncInvokeResponse> getAsyncInvoke(GetAsyncInvokeRequest request) {
    return delegate.get().getAsyncInvoke(request);
  }

  @Override
  public CompletableFuture<ListAsyncInvokesResponse> listAsyncInvokes(
      ListAsyncInvokesRequest request) {
    return delegate.get().listAsyncInvokes(request);
  }

  @Override
  public CompletableFuture<StartAsyncInvokeResponse> startAsyncInvoke(
      StartAsyncInvokeRequest request) {
    return delegate.get().startAsyncInvoke(request);
  }

  @Override
  public BedrockRuntimeServiceClientConfiguration serviceClientConfiguration() {
    return delegate.get().serviceClientConfiguration();
  }

  @Override
  public String serviceName() {
    return delegate.get().serviceName();
  }

  @Override
  public void close() {
    delegate.close();
  }
}
