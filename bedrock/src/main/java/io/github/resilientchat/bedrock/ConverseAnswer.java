package io.github.resilientchat.bedrock;

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
      case CONTENT_BLOCK_START, CONTENT_BLOCK_DELTA -> progressed();
      case MESSAGE_STOP -> stop = true;
      case METADATA -> metadata = true;
      default -> {}
    }
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
