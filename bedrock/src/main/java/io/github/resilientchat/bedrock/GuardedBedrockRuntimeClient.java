package io.github.resilientchat.bedrock;

import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
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
 * A blocking Bedrock client that keeps to the time limit of the attempt it works for.
 *
 * <p>While an {@link io.github.resilientchat.core.adapter.Exchange} is current on the calling
 * thread, {@code converse} and {@code invokeModel} end at its time limit (or at the request's own
 * {@code apiCallTimeout} if that is shorter), and the HTTP request is aborted. With no time left
 * they fail at once, without a request. On clients of {@link BedrockClients}, {@code
 * Exchange.stop()} and an interruption of the calling thread abort the request as well. Everything
 * else, and everything without an exchange, is passed on as it is.
 *
 * <p>Wraps any client and is as thread-safe as that; closing it closes the wrapped client.
 */
public final class GuardedBedrockRuntimeClient implements BedrockRuntimeClient {

  private final BedrockRuntimeClient delegate;

  public GuardedBedrockRuntimeClient(BedrockRuntimeClient delegate) {
    this.delegate = delegate;
  }

  @Override
  public ConverseResponse converse(ConverseRequest request) {
    return delegate.converse(
        TimeLimit.applyTo(request.overrideConfiguration())
            .map(limited -> within(request, limited))
            .orElse(request));
  }

  private static ConverseRequest within(
      ConverseRequest request, AwsRequestOverrideConfiguration limited) {
    return request.toBuilder().overrideConfiguration(limited).build();
  }

  @Override
  public InvokeModelResponse invokeModel(InvokeModelRequest request) {
    return delegate.invokeModel(
        TimeLimit.applyTo(request.overrideConfiguration())
            .map(limited -> within(request, limited))
            .orElse(request));
  }

  private static InvokeModelRequest within(
      InvokeModelRequest request, AwsRequestOverrideConfiguration limited) {
    return request.toBuilder().overrideConfiguration(limited).build();
  }

  @Override
  public ApplyGuardrailResponse applyGuardrail(ApplyGuardrailRequest request) {
    return delegate.applyGuardrail(request);
  }

  @Override
  public CountTokensResponse countTokens(CountTokensRequest request) {
    return delegate.countTokens(request);
  }

  @Override
  public InvokeGuardrailChecksResponse invokeGuardrailChecks(InvokeGuardrailChecksRequest request) {
    return delegate.invokeGuardrailChecks(request);
  }

  @Override
  public GetAsyncInvokeResponse getAsyncInvoke(GetAsyncInvokeRequest request) {
    return delegate.getAsyncInvoke(request);
  }

  @Override
  public ListAsyncInvokesResponse listAsyncInvokes(ListAsyncInvokesRequest request) {
    return delegate.listAsyncInvokes(request);
  }

  @Override
  public StartAsyncInvokeResponse startAsyncInvoke(StartAsyncInvokeRequest request) {
    return delegate.startAsyncInvoke(request);
  }

  @Override
  public BedrockRuntimeServiceClientConfiguration serviceClientConfiguration() {
    return delegate.serviceClientConfiguration();
  }

  @Override
  public String serviceName() {
    return delegate.serviceName();
  }

  @Override
  public void close() {
    delegate.close();
  }
}
