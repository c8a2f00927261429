package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static io.github.resilientchat.bedrock.Simulated.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Fault;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput.EventType;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;

/** What the clients tell the exchange they work for. */
@SuppressWarnings("resource")
class ExchangeReportTest {

  private static final Usage USED = new Usage(10, 7, 3, 2, 1);

  private final Exchange streamed = new Exchange(PATIENCE, true);
  private final Exchange blocking = new Exchange(PATIENCE, false);
  private Simulated simulated = Simulated.start();

  private void over(Protocol protocol) {
    simulated.close();
    simulated = Simulated.over(protocol);
    simulated.bedrock.answer(
        call ->
            Answer.text("Hello")
                .withUsage(new io.github.resilientchat.simulator.Usage(10, 7, 3, 2, 1)));
  }

  @AfterEach
  void stop() {
    simulated.close();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void streamTellsThatItWasAcceptedWithItsHead(Protocol protocol) throws Exception {
    over(protocol);
    simulated.bedrock.fault(Fault.stall(0));
    RecordedStream stream = within(streamed, simulated::stream).awaitResponse();
    assertThat(streamed.isAccepted()).isTrue();
    assertThat(streamed.promisesFinish()).isTrue();
    assertThat(streamed.usage()).isEmpty();
    streamed.stop();
    assertThat(stream.future).isCancelled();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void streamTellsWhatItUsedBeforeItsSubscriberSeesTheMetadata(Protocol protocol) {
    over(protocol);
    CompletableFuture<Object> known = new CompletableFuture<>();
    RecordedStream stream =
        new RecordedStream() {
          @Override
          public void onNext(ConverseStreamOutput event) {
            if (event.sdkEventType() == EventType.METADATA) {
              known.complete(streamed.usage());
            }
          }
        };
    within(streamed, () -> stream.from(simulated.asyncClient()));
    assertThat(Simulated.failureOf(stream.future)).isEmpty();
    assertThat(known).isCompletedWithValueMatching(Optional.of(USED)::equals);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void refusedStreamIsNotAccepted(Protocol protocol) {
    over(protocol);
    simulated.bedrock.fault(Fault.httpError(503, "ServiceUnavailableException", "busy"));
    assertThat(within(streamed, simulated::stream).failureToldOnce())
        .isInstanceOf(ServiceUnavailableException.class);
    assertThat(streamed.isAccepted()).isFalse();
    assertThat(streamed.usage()).isEmpty();
  }

  @Test
  void blockingAnswerTellsThatItWasAcceptedAndWhatItUsed() {
    over(Protocol.HTTP1_1);
    within(blocking, simulated::ask);
    assertThat(blocking.isAccepted()).isTrue();
    assertThat(blocking.promisesFinish()).isFalse();
    assertThat(blocking.usage()).contains(USED);
  }

  @Test
  void blockingAnswerThatNeverComesToItsEndWasAccepted() {
    over(Protocol.HTTP1_1);
    simulated.bedrock.fault(Fault.stallBody());
    CompletableFuture<Object> call =
        CompletableFuture.supplyAsync(() -> within(blocking, simulated::ask));
    await().atMost(PATIENCE).until(blocking::isAccepted);
    assertThat(call).isNotDone();
    blocking.stop();
    assertThat(Simulated.failureOf(call).orElseThrow()).hasCauseInstanceOf(AbortedException.class);
    assertThat(blocking.usage()).isEmpty();
  }

  @Test
  void refusedBlockingCallIsNotAccepted() {
    simulated.bedrock.fault(Fault.httpError(503, "ServiceUnavailableException", "busy"));
    assertThatThrownBy(() -> within(blocking, simulated::ask))
        .isInstanceOf(ServiceUnavailableException.class);
    assertThat(blocking.isAccepted()).isFalse();
  }
}
