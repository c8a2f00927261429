package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.adapter.Exchange;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeServiceClientConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ApplyGuardrailRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ApplyGuardrailResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensRequest;
import software.amazon.awssdk.services.bedrockruntime.model.CountTokensResponse;
import software.amazon.awssdk.services.bedrockruntime.model.GetAsyncInvokeRequest;
import software.amazon.awssdk.services.bedrockruntime.model.GetAsyncInvokeResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeGuardrailChecksRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeGuardrailChecksResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ListAsyncInvokesRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ListAsyncInvokesResponse;
import software.amazon.awssdk.services.bedrockruntime.model.StartAsyncInvokeRequest;
import software.amazon.awssdk.services.bedrockruntime.model.StartAsyncInvokeResponse;

/**
 * A blocking Bedrock client that serves the attempt it works for. While an {@link Exchange} is
 * current on the calling thread, {@code converse} and {@code invokeModel}
 *
 * <ul>
 *   <li>end at its time limit, or at the request's own {@code apiCallTimeout} if that is shorter,
 *       and abort the HTTP request. With no time left they fail at once, without a request.
 *   <li>end within 100 ms when it is stopped or the calling thread is interrupted, with an {@code
 *       AbortedException}, whatever they wait for: credentials, a connection, the head or the body
 *       of the answer. That needs the HTTP client of {@link BedrockClients}; on another client the
 *       SDK's own say holds. An interrupted thread stays interrupted.
 *   <li>tell it that the service took the request, and {@code converse} what the answer used.
 *   <li>fail, for {@code converse}, on an answer without a message or a stop reason: the SDK reads
 *       so whatever comes with a 2xx, and frameworks run into a {@code NullPointerException}.
 * </ul>
 *
 * <p>An answer whose stop reason not every framework knows reaches the caller as it is. If that
 * framework throws, the same request within the same exchange gets the same answer with the nearest
 * reason that all of them know ({@code max_tokens} for {@code model_context_window_exceeded}, else
 * {@code end_turn}), without a second HTTP request.
 *
 * <p>Everything else, and everything without an exchange, is passed on as it is. Wraps any client
 * and is as thread-safe as that; closing it closes the wrapped client.
 */
public final class GuardedBedrockRuntimeClient implements BedrockRuntimeClient {

  private final Lazy<BedrockRuntimeClient> delegate;
  private final OpenCalls calls;
  private final RequestShape shape;

  public GuardedBedrockRuntimeClient(BedrockRuntimeClient delegate) {
    this(Lazy.of(delegate), new OpenCalls());
  }

  GuardedBedrockRuntimeClient(Lazy<BedrockRuntimeClient> delegate, OpenCalls calls) {
    this(delegate, calls, RequestShape.AS_IT_IS);
  }

  private GuardedBedrockRuntimeClient(
      Lazy<BedrockRuntimeClient> delegate, OpenCalls calls, RequestShape shape) {
    this.delegate = delegate;
    this.calls = calls;
    this.shape = shape;
  }

  /** The same client, whose {@code converse} makes requests fit a target before it sends them. */
  public GuardedBedrockRuntimeClient shapedBy(RequestShape target) {
    return new GuardedBedrockRuntimeClient(delegate, calls, target);
  }

  @Override
  public ConverseResponse converse(ConverseRequest asked) {
    ConverseRequest request = shape.fit(asked);
    return Exchange.current()
        .map(exchange -> converse(exchange, request))
        .orElseGet(() -> delegate.get().converse(request));
  }

  private ConverseResponse converse(Exchange exchange, ConverseRequest request) {
    return KeptAnswer.in(exchange, request).orElseGet(() -> ask(exchange, request));
  }

  private ConverseResponse ask(Exchange exchange, ConverseRequest request) {
    AwsRequestOverrideConfiguration limited =
        TimeLimit.of(exchange, request.overrideConfiguration());
    ConverseResponse response =
        completion(
            exchange,
            () ->
                delegate
                    .get()
                    .converse(request.toBuilder().overrideConfiguration(limited).build()));
    UsedTokens.tell(exchange, response.usage());
    KeptAnswer.keep(exchange, request, response);
    return response;
  }

  /** The SDK reads any JSON, and no body at all, as an answer that says nothing. */
  private ConverseResponse completion(Exchange exchange, Supplier<ConverseResponse> sdk) {
    ConverseResponse response;
    try {
      response = StoppableCall.within(exchange, calls, sdk);
    } catch (SdkClientException e) {
      throw UnreadableAnswerException.insteadOf(e);
    }
    if (response.output() == null || response.output().message() == null) {
      throw UnreadableAnswerException.without("a message");
    }
    if (response.stopReasonAsString() == null) {
      throw UnreadableAnswerException.without("a stop reason");
    }
    return response;
  }

  @Override
  public InvokeModelResponse invokeModel(InvokeModelRequest request) {
    return Exchange.current()
        .map(exchange -> invokeModel(exchange, request))
        .orElseGet(() -> delegate.get().invokeModel(request));
  }

  private InvokeModelResponse invokeModel(Exchange exchange, InvokeModelRequest request) {
    AwsRequestOverrideConfiguration limited =
        TimeLimit.of(exchange, request.overrideConfiguration());
    return StoppableCall.within(
        exchange,
        calls,
        () ->
            delegate.get().invokeModel(request.toBuilder().overrideConfiguration(limited).build()));
  }

  @Override
  public ApplyGuardrailResponse applyGuardrail(ApplyGuardrailRequest request) {
    return delegate.get().applyGuardrail(request);
  }

  @Override
  public CountTokensResponse countTokens(CountTokensRequest request) {
    return delegate.get().countTokens(request);
  }

  @Override
  public InvokeGuardrailChecksResponse invokeGuardrailChecks(InvokeGuardrailChecksRequest request) {
    return delegate.get().invokeGuardrailChecks(request);
  }

  @Override
  public GetAsyncInvokeResponse getAsyncInvoke(GetAsyncInvokeRequest request) {
    return delegate.get().getAsyncInvoke(request);
  }

  @Override
  public ListAsyncInvokesResponse listAsyncInvokes(ListAsyncInvokesRequest request) {
    return delegate.get().listAsyncInvokes(request);
  }

  @Override
  public StartAsyncInvokeResponse startAsyncInvoke(StartAsyncInvokeRequest request) {
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
