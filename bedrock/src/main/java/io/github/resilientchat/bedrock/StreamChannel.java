package io.github.resilientchat.bedrock;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection for streams that says at once what the SDK's client (2.54.14) never hears of: that
 * no protocol was agreed on, since the handshake failed, the other side closed, or said nothing in
 * time; and that the head of an answer cannot be read. Without the first, every later request to
 * that host waits for ever; without the second, its own.
 */
final class StreamChannel extends NioSocketChannel {

  // The client's own name for what it waits for before it sends anything.
  private static final AttributeKey<@Nullable CompletableFuture<?>> PROTOCOL =
      AttributeKey.valueOf("aws.http.nio.netty.async.protocolFuture");

  private final Duration patience;

  /**
   * @param patience for connecting and agreeing on a protocol
   */
  StreamChannel(Duration patience) {
    this.patience = patience;
    pipeline().addFirst(new Start());
    closeFuture().addListener(closed -> notAgreed());
  }

  private void notAgreed() {
    CompletableFuture<?> agreed = attr(PROTOCOL).get();
    if (agreed != null && !agreed.isDone()) {
      agreed.completeExceptionally(new NoHandshakeException(handshakeFailure()));
    }
  }

  private @Nullable Throwable handshakeFailure() {
    SslHandler tls = pipeline().get(SslHandler.class);
    return tls == null ? null : tls.handshakeFuture().cause();
  }

  private boolean isAgreed() {
    CompletableFuture<?> agreed = attr(PROTOCOL).get();
    return agreed != null && agreed.isDone();
  }

  /** Before the client's own handlers; knows when they are in place. */
  private final class Start extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRegistered(ChannelHandlerContext ctx) {
      ctx.pipeline().addLast(new UnreadableHead());
      ctx.executor()
          .schedule(
              () -> {
                if (!isAgreed()) {
                  close();
                }
              },
              patience.toMillis(),
              TimeUnit.MILLISECONDS);
      ctx.fireChannelRegistered();
    }
  }

  /** Behind the codec of HTTP/1.1, which says so in the object that it gives. */
  private static final class UnreadableHead extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
        ReferenceCountUtil.release(message);
        ctx.fireExceptionCaught(
            new IOException(
                "the answer is no HTTP that can be read: "
                    + part.decoderResult().cause().getClass().getSimpleName()));
        ctx.close();
      } else {
        ctx.fireChannelRead(message);
      }
    }
  }
}
