package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static io.github.resilientchat.bedrock.Simulated.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Invocation;
import java.util.Collections;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.http.Protocol;

/** Answers that are longer than anybody may keep, and drivers that have no room for them. */
@SuppressWarnings("resource")
class FlowControlTest {

  private static final String PIECE = "x".repeat(8_192);
  private static final int PIECES = 6_400;
  private static final long LENGTH = (long) PIECE.length() * PIECES;
  private static final long SMALL = 4L << 20;

  private final Exchange exchange = new Exchange(PATIENCE, true);
  private final AtomicLong taken = new AtomicLong();
  private final CountDownLatch held = new CountDownLatch(1);
  private Simulated simulated;

  private RecordedStream startAndHold(Protocol protocol) throws Exception {
    simulated = Simulated.unpaced(protocol);
    simulated.bedrock.answer(call -> Answer.words(Collections.nCopies(PIECES, PIECE)));
    exchange.onProgress(
        characters -> {
          if (taken.getAndAdd(characters) == 0) {
            exchange.hold();
            held.countDown();
          }
        });
    RecordedStream stream = within(exchange, simulated::stream);
    assertThat(held.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return stream;
  }

  /** As long as another stream, over HTTP/2 on the same connection, takes for more than that. */
  private void letTimePass() {
    simulated.bedrock.answer(call -> Answer.words(Collections.nCopies(PIECES / 5, PIECE)));
    assertThat(Simulated.failureOf(simulated.stream().future)).isEmpty();
  }

  @AfterEach
  void stop() {
    simulated.close();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void onlyALittleIsTakenWhileThereIsNoRoomAndAllOfItAfterwards(Protocol protocol)
      throws Exception {
    RecordedStream stream = startAndHold(protocol);

    letTimePass();
    assertThat(taken).hasValueLessThan(SMALL);
    assertThat(stream.future).isNotDone();

    exchange.goOn();
    assertThat(Simulated.failureOf(stream.future)).isEmpty();
    assertThat(taken).hasValue(LENGTH);
    stream.awaitSubscriberEnd();
    assertThat(stream.subscriberEnds).containsExactly("complete");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void heldStreamEndsAtOnceWhenItIsStopped(Protocol protocol) throws Exception {
    RecordedStream stream = startAndHold(protocol);
    letTimePass();

    exchange.stop();

    assertThat(stream.future).isCancelled();
    assertThat(stream.handlerEnds).singleElement().isInstanceOf(CancellationException.class);
    assertThat(stream.subscriberEnds).isEqualTo(stream.handlerEnds);
    simulated.bedrock.awaitIdle(PATIENCE);
    assertThat(simulated.bedrock.invocations())
        .filteredOn(call -> call.outcome() == Invocation.Outcome.CANCELLED)
        .singleElement()
        .satisfies(call -> assertThat(call.framesSent()).isLessThan(PIECES / 2));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void heldStreamEndsAtOnceWhenItsSubscriberLeaves(Protocol protocol) throws Exception {
    RecordedStream stream = startAndHold(protocol);

    stream.subscription.get().cancel();

    assertThat(Simulated.failureOf(stream.future)).isEmpty();
    simulated.bedrock.awaitIdle(PATIENCE);
    exchange.goOn();
    assertThat(stream.subscriberEnds).isEmpty();
  }
}
