package io.github.resilientchat.bedrock;

import java.util.List;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;

/** A streamed answer in the model's own format, of which nobody here knows where it ends. */
final class InvokeModelAnswer
    extends GuardedStream<InvokeModelWithResponseStreamResponse, ResponseStream>
    implements InvokeModelWithResponseStreamResponseHandler {

  InvokeModelAnswer(InvokeModelWithResponseStreamResponseHandler handler) {
    super(handler);
  }

  @Override
  void saw(ResponseStream event) {}

  @Override
  boolean whole() {
    return false;
  }

  @Override
  boolean mayEnd() {
    return true;
  }

  @Override
  List<ResponseStream> inOtherWords(ResponseStream event) {
    return List.of();
  }
}
