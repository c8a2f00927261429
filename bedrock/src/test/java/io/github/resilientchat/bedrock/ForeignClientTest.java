package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** The guard around a client as the SDK builds it, and around handlers as frameworks write them. */
class ForeignClientTest {

  // Shared, as a client with an HTTP client of its own takes seconds to close.
  private static BedrockSimulator bedrock;
  private static BedrockRuntimeAsyncClient guarded;

  @BeforeAll
  static void start() {
    bedrock = BedrockSimulator.start();
    guarded =
        new GuardedBedrockRuntimeAsyncClient(
            BedrockRuntimeAsyncClient.builder()
                .endpointOverride(bedrock.endpoint())
                .region(Simulated.REGION)
                .credentialsProvider(
                    BedrockAccount.staticKeys(
                            "blue",
                            BedrockSimulator.accessKey("blue"),
                            BedrockSimulator.secretKey(),
                            null)
                        .credentials()
                        .orElseThrow())
                .build());
  }

  @AfterAll
  static void stop() {
    guarded.close();
    bedrock.close();
  }

  @AfterEach
  void heal() {
    bedrock.reset();
  }

  @Test
  void triesThatTheClientRepeatsItselfStayHidden() throws Exception {
    bedrock.fault(Fault.httpError(503, "ServiceUnavailableException", "busy").times(2));
    RecordedStream stream = RecordedStream.of(guarded);
    assertThat(Simulated.failureOf(stream.future)).isEmpty();
    assertThat(stream.handlerEnds).containsExactly("complete");
    assertThat(bedrock.awaitInvocations(3, PATIENCE)).hasSize(3);
  }

  @Test
  void lastTryOfTheClientIsToldOnce() throws Exception {
    bedrock.fault(Fault.httpError(503, "ServiceUnavailableException", "busy"));
    assertThat(RecordedStream.of(guarded).failureToldOnce())
        .isInstanceOf(ServiceUnavailableException.class);
    assertThat(bedrock.awaitInvocations(2, PATIENCE)).hasSizeGreaterThan(1);
  }

  @Test
  void whatWasHandedOnIsNotRepeated() throws Exception {
    bedrock.fault(Fault.streamException(3, "throttlingException", "slow").times(1));
    RecordedStream stream = RecordedStream.of(guarded);
    assertThat(stream.failureToldOnce()).isInstanceOf(ThrottlingException.class);
    bedrock.awaitIdle(PATIENCE);
    assertThat(bedrock.awaitInvocations(1, PATIENCE)).hasSize(1);
    assertThat(stream.events).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void handlerThatListensToEventsAndFutureHearsOfAFailureOnce(boolean inStream) {
    bedrock.fault(
        inStream
            ? Fault.streamException(2, "validationException", "no")
            : Fault.httpError(400, "ValidationException", "no"));
    List<Throwable> errors = new CopyOnWriteArrayList<>();
    RecordedStream events = new RecordedStream();
    CompletableFuture<Void> future =
        guarded.converseStream(
            Simulated.streamedQuestion(),
            ConverseStreamResponseHandler.builder()
                .onEventStream(publisher -> publisher.subscribe(events))
                .build());
    CompletableFuture<Void> reported =
        future.exceptionally(
            error -> {
              errors.add(error);
              return null;
            });
    assertThat(Simulated.failureOf(future)).isPresent();
    assertThat(Simulated.failureOf(reported).isPresent()).isEqualTo(inStream);
    if (inStream) {
      events.awaitSubscriberEnd();
    }
    assertThat(errors.size() + events.subscriberEnds.size()).isEqualTo(1);
  }

  @Test
  void subscriberThatThrowsEndsTheStreamWithItsException() throws Exception {
    bedrock.fault(Fault.stall(3));
    IllegalStateException mine = new IllegalStateException("mine");
    List<Throwable> errors = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> future =
        guarded.converseStream(
            Simulated.streamedQuestion(),
            ConverseStreamResponseHandler.builder()
                .subscriber(() -> new Thrower(mine))
                .onError(errors::add)
                .build());
    assertThat(Simulated.failureOf(future)).contains(mine);
    assertThat(errors).containsExactly(mine);
    bedrock.awaitIdle(PATIENCE);
  }

  private record Thrower(RuntimeException mine) implements Subscriber<ConverseStreamOutput> {
    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(1);
    }

    @Override
    public void onNext(ConverseStreamOutput event) {
      throw mine;
    }

    @Override
    public void onError(Throwable error) {
      throw new AssertionError("told although it threw", error);
    }

    @Override
    public void onComplete() {
      throw new AssertionError("completed although it threw");
    }
  }

  @Test
  void streamsOfOtherOperationsFailOnceToo() {
    List<Throwable> errors = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> future =
        guarded.invokeModelWithResponseStream(
            r -> r.modelId(Simulated.MODEL).body(SdkBytes.fromUtf8String("{}")),
            InvokeModelWithResponseStreamResponseHandler.builder()
                .subscriber(event -> {})
                .onError(errors::add)
                .build());
    assertThat(Simulated.failureOf(future)).isPresent();
    assertThat(errors).hasSize(1);
  }

  @Test
  void everyOperationOfTheSdkIsPassedOn() {
    assertThat(inherited(BedrockRuntimeClient.class, GuardedBedrockRuntimeClient.class)).isEmpty();
    assertThat(inherited(BedrockRuntimeAsyncClient.class, GuardedBedrockRuntimeAsyncClient.class))
        .isEmpty();
  }

  /** Operations that the SDK's interface only refuses; the others call one of those. */
  private static List<Method> inherited(Class<?> client, Class<?> guard) {
    return Arrays.stream(client.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !Arrays.asList(method.getParameterTypes()).contains(Consumer.class))
        .filter(method -> !method.getName().endsWith("Paginator"))
        .filter(
            method ->
                Arrays.stream(guard.getDeclaredMethods())
                    .noneMatch(
                        own ->
                            own.getName().equals(method.getName())
                                && Arrays.equals(
                                    own.getParameterTypes(), method.getParameterTypes())))
        .toList();
  }
}
