package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What HTTP/2 itself says in place of an answer. */
class Http2FaultsTest {

  private static final FailureClassifier CLASSIFIER = FailureClassifier.discovered();

  private interface Behaviour {
    void answer(ChannelHandlerContext stream);
  }

  private final NioEventLoopGroup threads = new NioEventLoopGroup(1);
  private final BedrockClients clients = BedrockClients.create();

  @AfterEach
  void close() {
    clients.close();
    threads.shutdownGracefully();
  }

  private static Http2Headers ok() {
    return new DefaultHttp2Headers()
        .status("200")
        .set("content-type", "application/vnd.amazon.eventstream");
  }

  private static Arguments says(String what, Behaviour behaviour, FailureKind meaning) {
    return Arguments.of(what, behaviour, meaning);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        says(
            "GOAWAY and close",
            stream ->
                stream
                    .channel()
                    .parent()
                    .writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.INTERNAL_ERROR))
                    .addListener(sent -> stream.channel().parent().close()),
            FailureKind.DISCONNECTED),
        says(
            "RST_STREAM",
            stream -> stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR)),
            FailureKind.DISCONNECTED),
        says(
            "RST_STREAM within the answer",
            stream -> {
              stream.write(new DefaultHttp2HeadersFrame(ok()));
              stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
            },
            FailureKind.MODEL_FAILED),
        says(
            "connection closed",
            stream -> stream.channel().parent().close(),
            FailureKind.DISCONNECTED),
        says(
            "60 KB header",
            stream ->
                stream.writeAndFlush(
                    new DefaultHttp2HeadersFrame(ok().set("x-large", "x".repeat(60_000)), true)),
            FailureKind.UNAVAILABLE),
        says(
            "a redirect",
            stream ->
                stream.writeAndFlush(
                    new DefaultHttp2HeadersFrame(
                        new DefaultHttp2Headers().status("302").set("location", "http://x/"),
                        true)),
            FailureKind.UNAVAILABLE),
        says(
            "an empty answer",
            stream -> stream.writeAndFlush(new DefaultHttp2HeadersFrame(ok(), true)),
            FailureKind.MODEL_FAILED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void means(String what, Behaviour behaviour, FailureKind meaning) throws Exception {
    assertThat(CLASSIFIER.classify(failureOf(behaviour)).map(Failure::kind)).contains(meaning);
  }

  /**
   * Neither end was told that the connection is gone. A call should have time for another: one time
   * of three is enough, since a busy machine makes it longer and nothing makes it shorter.
   */
  @Test
  void connectionThatSwallowsEverythingIsFoundOut() throws Exception {
    Duration shortest = ChronoUnit.FOREVER.getDuration();
    for (int left = 3; left > 0 && shortest.compareTo(Duration.ofSeconds(8)) >= 0; left--) {
      long begun = System.nanoTime();

      Throwable error =
          failureOf(stream -> stream.channel().parent().pipeline().addFirst(new Swallowing()));

      assertThat(CLASSIFIER.classify(error).map(Failure::kind)).contains(FailureKind.DISCONNECTED);
      shortest = Duration.ofNanos(System.nanoTime() - begun);
    }
    assertThat(shortest).isLessThan(Duration.ofSeconds(8));
  }

  private Throwable failureOf(Behaviour behaviour) throws Exception {
    BedrockAccount account =
        BedrockAccount.staticKeys("main", "AKIAEXAMPLE", "secret", null)
            .withEndpoint(URI.create("http://127.0.0.1:" + serve(behaviour)));
    return RecordedStream.of(clients.asyncClient(account, REGION)).failureToldOnce();
  }

  private int serve(Behaviour behaviour) throws InterruptedException {
    ChannelInitializer<Channel> connection =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            channel
                .pipeline()
                .addLast(
                    Http2FrameCodecBuilder.forServer().encoderIgnoreMaxHeaderListSize(true).build())
                .addLast(new Http2MultiplexHandler(new Answering(behaviour)));
          }
        };
    Channel server =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childHandler(connection)
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  private static final class Swallowing extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext connection, Object bytes) {
      ReferenceCountUtil.release(bytes);
    }
  }

  @Sharable
  private static final class Answering extends ChannelInboundHandlerAdapter {

    private final Behaviour behaviour;

    Answering(Behaviour behaviour) {
      this.behaviour = behaviour;
    }

    @Override
    public void channelRead(ChannelHandlerContext stream, Object frame) {
      if (frame instanceof Http2HeadersFrame) {
        behaviour.answer(stream);
      }
      ReferenceCountUtil.release(frame);
    }
  }
}
