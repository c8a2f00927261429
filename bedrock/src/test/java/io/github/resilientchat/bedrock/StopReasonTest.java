package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static io.github.resilientchat.bedrock.Simulated.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.simulator.Answer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput.EventType;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;

/** Whole streamed answers that stopped for reasons which not every framework knows. */
@SuppressWarnings("resource")
class StopReasonTest {

  private static final String RARE = "model_context_window_exceeded";

  private final Simulated simulated = Simulated.start();
  private final Exchange streamed = new Exchange(PATIENCE, true);

  @AfterEach
  void stop() {
    simulated.close();
  }

  private void answer(String reason) {
    simulated.bedrock.answer(
        call ->
            Answer.text("Good and paid for")
                .withStopReason(reason)
                .withUsage(io.github.resilientchat.simulator.Usage.of(10, 7)));
  }

  /** Reads the stop reason at an event of this type, and throws at those that it does not like. */
  private static final class Picky extends RecordedStream {
    final List<String> reasons = new CopyOnWriteArrayList<>();
    final IllegalArgumentException mine = new IllegalArgumentException("unknown stop reason");
    private final EventType reads;
    private final Predicate<String> knows;

    Picky(EventType reads, Predicate<String> knows) {
      this.reads = reads;
      this.knows = knows;
    }

    @Override
    public void onNext(ConverseStreamOutput event) {
      super.onNext(event);
      if (event instanceof MessageStopEvent stopped) {
        reasons.add(stopped.stopReasonAsString());
      }
      if (event.sdkEventType() == reads && !knows.test(reasons.get(reasons.size() - 1))) {
        throw mine;
      }
    }
  }

  private Picky stream(Picky subscriber) {
    within(streamed, () -> subscriber.from(simulated.asyncClient()));
    return subscriber;
  }

  @ParameterizedTest
  @CsvSource({
    "model_context_window_exceeded, max_tokens",
    "malformed_tool_use, end_turn",
    "refusal, end_turn"
  })
  void subscriberThatThrowsAtTheMetadataGetsTheEndInWordsThatItKnows(String said, String common) {
    answer(said);
    Picky subscriber = stream(new Picky(EventType.METADATA, common::equals));
    assertThat(Simulated.failureOf(subscriber.future)).isEmpty();
    assertThat(subscriber.reasons).containsExactly(said, common);
    assertThat(subscriber.events)
        .endsWith(
            EventType.MESSAGE_STOP, EventType.METADATA, EventType.MESSAGE_STOP, EventType.METADATA);
    assertThat(subscriber.subscriberEnds).containsExactly("complete");
    assertThat(subscriber.handlerEnds).containsExactly("complete");
  }

  @Test
  void subscriberThatThrowsAtTheReasonItselfGetsItInWordsThatItKnows() {
    answer(RARE);
    Picky subscriber = stream(new Picky(EventType.MESSAGE_STOP, "max_tokens"::equals));
    assertThat(Simulated.failureOf(subscriber.future)).isEmpty();
    assertThat(subscriber.reasons).containsExactly(RARE, "max_tokens");
    assertThat(subscriber.events)
        .endsWith(EventType.MESSAGE_STOP, EventType.MESSAGE_STOP, EventType.METADATA);
  }

  @Test
  void subscriberThatTakesTheReasonHearsItOnceAndAsItIs() {
    answer(RARE);
    Picky subscriber = stream(new Picky(EventType.METADATA, reason -> true));
    assertThat(Simulated.failureOf(subscriber.future)).isEmpty();
    assertThat(subscriber.reasons).containsExactly(RARE);
    assertThat(subscriber.events).endsWith(EventType.MESSAGE_STOP, EventType.METADATA);
  }

  @Test
  void subscriberThatTakesNoReasonAtAllHasItsEnd() {
    answer(RARE);
    Picky subscriber = stream(new Picky(EventType.METADATA, reason -> false));
    assertThat(subscriber.failure()).isSameAs(subscriber.mine);
    assertThat(subscriber.reasons).containsExactly(RARE, "max_tokens");
    assertThat(subscriber.handlerEnds).containsExactly(subscriber.mine);
    assertThat(streamed.usage()).contains(Usage.of(10, 7));
  }

  @Test
  void commonReasonIsNotSaidTwice() {
    answer("stop_sequence");
    Picky subscriber = stream(new Picky(EventType.METADATA, reason -> false));
    assertThat(subscriber.failure()).isSameAs(subscriber.mine);
    assertThat(subscriber.reasons).containsExactly("stop_sequence");
  }
}
