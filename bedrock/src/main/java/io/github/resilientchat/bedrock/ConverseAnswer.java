package io.github.resilientchat.bedrock;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/**
 * A streamed Converse answer. Ends with {@code messageStop} and then {@code metadata}; the SDK
 * takes any end of the connection for an end of the answer.
 */
final class ConverseAnswer extends GuardedStream<ConverseStreamResponse, ConverseStreamOutput>
    implements ConverseStreamResponseHandler {

  private volatile boolean stop;
  private volatile boolean metadata;

  ConverseAnswer(ConverseStreamResponseHandler handler) {
    super(handler);
  }

  @Override
  void saw(ConverseStreamOutput event) {
    switch (event.sdkEventType()) {
      case CONTENT_BLOCK_START -> progressed(lengthOf((ContentBlockStartEvent) event));
      case CONTENT_BLOCK_DELTA -> progressed(lengthOf((ContentBlockDeltaEvent) event));
      case MESSAGE_STOP -> stop = true;
      case METADATA -> metadata = true;
      default -> {}
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

  @Override
  boolean whole() {
    return stop && metadata;
  }

  @Override
  boolean mayEnd() {
    return whole();
  }
}
