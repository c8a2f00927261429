package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.adapter.Exchange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput.EventType;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;

/**
 * A streamed Converse answer. Ends with {@code messageStop} and then {@code metadata}; the SDK
 * takes any end of the connection for an end of the answer.
 */
final class ConverseAnswer extends GuardedStream<ConverseStreamResponse, ConverseStreamOutput>
    implements ConverseStreamResponseHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ConverseAnswer.class);

  private final @Nullable Exchange exchange = exchange();
  private volatile @Nullable MessageStopEvent stop;
  private volatile boolean metadata;
  private boolean reworded;

  ConverseAnswer(ConverseStreamResponseHandler handler) {
    super(handler);
    if (exchange != null) {
      exchange.promiseFinish();
    }
  }

  @Override
  void saw(ConverseStreamOutput event) {
    switch (event.sdkEventType()) {
      case CONTENT_BLOCK_START -> progressed(lengthOf((ContentBlockStartEvent) event));
      case CONTENT_BLOCK_DELTA -> progressed(lengthOf((ContentBlockDeltaEvent) event));
      case MESSAGE_STOP -> stop = (MessageStopEvent) event;
      case METADATA -> {
        metadata = true;
        if (exchange != null) {
          UsedTokens.tell(exchange, ((ConverseStreamMetadataEvent) event).usage());
        }
      }
      default -> {}
    }
  }

  /** A piece of the answer arrived, of so many characters, which a framework may keep to itself. */
  private void progressed(long characters) {
    if (exchange != null) {
      exchange.progressed(characters);
    }
  }

  private static long lengthOf(ContentBlockStartEvent begun) {
    return begun.start() == null || begun.start().toolUse() == null
        ? 0
        : length(begun.start().toolUse().name());
  }

  /** A signature is no output: the model does not write it. */
  private static long lengthOf(ContentBlockDeltaEvent event) {
    ContentBlockDelta delta = event.delta();
    if (delta == null) {
      return 0;
    }
    long reasoning = delta.reasoningContent() == null ? 0 : length(delta.reasoningContent().text());
    long arguments = delta.toolUse() == null ? 0 : length(delta.toolUse().input());
    return length(delta.text()) + reasoning + arguments;
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /**
   * After a subscriber threw on the end of an answer whose stop reason it may not know, the same
   * end with one that it does. LangChain4j's throws on the metadata, and takes them as often as
   * they come.
   */
  @Override
  List<ConverseStreamOutput> inOtherWords(ConverseStreamOutput event) {
    MessageStopEvent said = stop;
    boolean end = event == said || event.sdkEventType() == EventType.METADATA;
    if (!end || reworded || said == null || StopReasons.isCommon(said.stopReasonAsString())) {
      return List.of();
    }
    reworded = true;
    ConverseStreamOutput common = StopReasons.common(said);
    LOG.info(
        "An event subscriber did not take the stop reason '{}' and is given a common one",
        said.stopReasonAsString());
    return event == said ? List.of(common) : List.of(common, event);
  }

  @Override
  boolean whole() {
    return stop != null && metadata;
  }

  @Override
  boolean mayEnd() {
    return whole();
  }
}
