package io.github.resilientchat.langchain4j;

import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.BedrockClientCustomizer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;

/** Has time pass before each frame of a streamed answer, and at no other time. */
record TimePerFrame(VirtualTime time, Duration each) implements BedrockClientCustomizer {

  @Override
  public void customize(
      BedrockAccount account, Region region, BedrockRuntimeAsyncClientBuilder client) {
    client.overrideConfiguration(config -> config.addExecutionInterceptor(new Between()));
  }

  private ByteBuffer late(ByteBuffer frame) {
    time.advance(each);
    return frame;
  }

  private final class Between implements ExecutionInterceptor {
    @Override
    public Optional<Publisher<ByteBuffer>> modifyAsyncHttpResponseContent(
        Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
      Frames frames = new Frames();
      return context
          .responsePublisher()
          .map(
              bytes ->
                  SdkPublisher.adapt(bytes)
                      .flatMapIterable(frames::completedBy)
                      .map(TimePerFrame.this::late));
    }
  }

  /** Each begins with its length, of four bytes. */
  private static final class Frames {

    private byte[] rest = {};

    List<ByteBuffer> completedBy(ByteBuffer bytes) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(rest);
      while (bytes.hasRemaining()) {
        all.write(bytes.get());
      }
      ByteBuffer known = ByteBuffer.wrap(all.toByteArray());
      List<ByteBuffer> whole = new ArrayList<>();
      while (known.remaining() >= Integer.BYTES
          && known.remaining() >= known.getInt(known.position())) {
        byte[] frame = new byte[known.getInt(known.position())];
        known.get(frame);
        whole.add(ByteBuffer.wrap(frame));
      }
      rest = new byte[known.remaining()];
      known.get(rest);
      return whole;
    }
  }
}
