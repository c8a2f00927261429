package io.github.resilientchat.benchmarks.chaos;

import io.github.resilientchat.core.Ticker;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** One connection through a wire. All of it runs on the wire's event loop. */
final class Link {

  private static final int TRUNCATED_AT = 240;
  private static final int FLIPPED_EVERY = 20;
  private static final int FLIP = 0xA5;
  private static final long DRIP_MILLIS = 100;
  private static final long LATE_MILLIS = 4000;

  private final Wire wire;
  private final Channel client;
  private final Channel server;
  private final Deque<Runnable> held = new ArrayDeque<>();
  private final ByteBuf dripping = Unpooled.buffer();
  private boolean drips;
  private int passed;
  private long lastDue;
  private volatile boolean dead;
  private volatile boolean swallowed;

  private Link(Wire wire, Channel client, InetSocketAddress upstream) {
    this.wire = wire;
    this.client = client;
    this.server =
        new Bootstrap()
            .group(client.eventLoop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(new FromServer())
            .connect(upstream)
            .addListener(
                (ChannelFutureListener)
                    connected -> {
                      if (connected.isSuccess()) {
                        client.read();
                        client.config().setAutoRead(true);
                      } else {
                        reset();
                      }
                    })
            .channel();
  }

  static Link between(Channel client, InetSocketAddress upstream, Wire wire) {
    Link link = new Link(wire, client, upstream);
    client.pipeline().addLast(link.new FromClient());
    return link;
  }

  /** The fault begins for what passes from now on. */
  void strike() {
    passed = 0;
  }

  /** Neither end is told. */
  void die() {
    dead = true;
    server.close();
  }

  void heal() {
    while (!held.isEmpty()) {
      held.removeFirst().run();
    }
    if (dripping.isReadable()) {
      client.writeAndFlush(dripping.readBytes(dripping.readableBytes()));
    }
  }

  void reset() {
    if (client.isOpen()) {
      client.config().setOption(ChannelOption.SO_LINGER, 0);
      // Past TLS, which would say goodbye.
      client.unsafe().close(client.voidPromise());
    }
    server.close();
  }

  boolean isDeadWeight() {
    return dead && swallowed && client.isOpen();
  }

  private void up(ByteBuf bytes) {
    Manner manner = wire.manner();
    if (dead) {
      swallowed = true;
      bytes.release();
    } else if (manner == Manner.RESET) {
      bytes.release();
      reset();
    } else if (manner == Manner.BLACK_HOLE) {
      held.add(() -> server.writeAndFlush(bytes));
    } else {
      server.writeAndFlush(bytes);
    }
  }

  private void down(ByteBuf bytes) {
    switch (wire.manner()) {
      case BLACK_HOLE -> held.add(() -> client.writeAndFlush(bytes));
      case DRIP -> {
        dripping.writeBytes(bytes);
        bytes.release();
        drip();
      }
      case TRUNCATE -> truncate(bytes);
      case FLIP -> client.writeAndFlush(flipped(bytes));
      case LATE -> later(bytes, LATE_MILLIS);
      default -> later(bytes, 0);
    }
  }

  private void drip() {
    if (!drips) {
      drips = true;
      client.eventLoop().schedule(this::drop, DRIP_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void drop() {
    drips = false;
    if (dripping.isReadable()) {
      client.writeAndFlush(dripping.readBytes(1));
      drip();
    }
  }

  private void truncate(ByteBuf bytes) {
    int room = Math.max(0, TRUNCATED_AT - passed);
    passed += bytes.readableBytes();
    if (bytes.readableBytes() < room) {
      client.writeAndFlush(bytes);
    } else {
      client.writeAndFlush(bytes.readSlice(room).retain()).addListener(ChannelFutureListener.CLOSE);
      bytes.release();
      server.close();
    }
  }

  private ByteBuf flipped(ByteBuf bytes) {
    for (int index = bytes.readerIndex(); index < bytes.writerIndex(); index++) {
      if (passed++ % FLIPPED_EVERY == 0) {
        bytes.setByte(index, bytes.getByte(index) ^ FLIP);
      }
    }
    return bytes;
  }

  /** In order, whatever came before. */
  private void later(ByteBuf bytes, long millis) {
    long now = TimeUnit.NANOSECONDS.toMillis(Ticker.system().nanos());
    lastDue = Math.max(lastDue, now + millis);
    if (lastDue <= now) {
      client.writeAndFlush(bytes);
    } else {
      client
          .eventLoop()
          .schedule(() -> client.writeAndFlush(bytes), lastDue - now, TimeUnit.MILLISECONDS);
    }
  }

  private final class FromClient extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      up((ByteBuf) bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      wire.gone(Link.this);
      server.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
      client.close();
    }
  }

  private final class FromServer extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      down((ByteBuf) bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (!dead) {
        if (wire.manner() == Manner.BLACK_HOLE) {
          held.add(client::close);
        } else {
          client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
      server.close();
    }
  }
}
