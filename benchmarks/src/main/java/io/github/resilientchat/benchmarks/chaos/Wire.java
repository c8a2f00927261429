package io.github.resilientchat.benchmarks.chaos;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A TCP proxy before a simulator. */
final class Wire implements Place {

  static final NioEventLoopGroup LOOPS =
      new NioEventLoopGroup(2, new DefaultThreadFactory("chaos-wire", true));

  private static final int BACKLOG = 256;
  private static final int REST_MILLIS = 20;
  private static final int TRIES = 200;

  private final EventLoop loop = LOOPS.next();
  private final int port = Ports.free();
  private final InetSocketAddress upstream;
  private final Manner fault;
  private final @Nullable Secrecy secrecy;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile Manner manner = Manner.PASS;
  private volatile boolean struck;
  private volatile ChannelFuture bound;
  private @Nullable Channel listener;

  Wire(URI upstream, Manner fault, @Nullable Secrecy secrecy) {
    this.upstream = new InetSocketAddress(upstream.getHost(), upstream.getPort());
    this.fault = fault;
    this.secrecy = secrecy;
    bound = listen().syncUninterruptibly();
    listener = bound.channel();
  }

  @Override
  public URI endpoint() {
    return secrecy == null
        ? URI.create("http://127.0.0.1:" + port)
        : URI.create("https://" + secrecy.host() + ":" + port);
  }

  @Override
  public void strike() {
    struck = true;
    if (secrecy != null) {
      secrecy.strike();
    }
    loop.submit(() -> strike(0)).syncUninterruptibly();
  }

  /**
   * Some faults strike more than once while they last: never in the moment of their end, in which
   * who is healed last would be struck once more than who is healed first.
   */
  private void strike(int second) {
    if (!struck || second >= Timing.FAULT.toSeconds()) {
      return;
    }
    boolean healthy = fault == Manner.FLAP && second % 2 == 1;
    manner = healthy ? Manner.PASS : fault;
    if (healthy) {
      listenAgain();
    } else if (second == 0
        || fault == Manner.FLAP
        || second % 2 == 0 && (fault == Manner.LOSE || fault == Manner.HALF_OPEN)) {
      strikeOnce();
    }
    loop.schedule(() -> strike(second + 1), 1, TimeUnit.SECONDS);
  }

  private void strikeOnce() {
    if (fault == Manner.REFUSE || fault == Manner.FLAP) {
      stopListening();
    }
    links.forEach(
        fault.resetsOpenOnes()
            ? Link::reset
            : fault == Manner.HALF_OPEN ? Link::die : Link::strike);
  }

  @Override
  public void heal() {
    if (secrecy != null) {
      secrecy.heal();
    }
    loop.submit(
            () -> {
              struck = false;
              manner = Manner.PASS;
              listenAgain();
              links.forEach(Link::heal);
            })
        .syncUninterruptibly();
    for (int tries = 0; !bound.awaitUninterruptibly().isSuccess() && tries < TRIES; tries++) {
      loop.schedule(() -> {}, REST_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
    bound.syncUninterruptibly();
  }

  /** Dead connections that swallowed something and are still open. */
  @Override
  public int left() {
    return (int) links.stream().filter(Link::isDeadWeight).count();
  }

  @Override
  public void close() {
    struck = false;
    loop.execute(
        () -> {
          stopListening();
          links.forEach(Link::reset);
        });
  }

  Manner manner() {
    return manner;
  }

  boolean presentsBadCertificate() {
    return struck && fault == Manner.BAD_CERTIFICATE;
  }

  void gone(Link link) {
    links.remove(link);
  }

  private void stopListening() {
    Channel open = listener;
    listener = null;
    if (open != null) {
      open.close();
    }
  }

  private void listenAgain() {
    if (listener == null) {
      bound = listen();
      Channel tried = bound.channel();
      listener = tried;
      // A socket that was just closed keeps its port until its selector has looked again.
      bound.addListener(
          done -> {
            if (!done.isSuccess()) {
              loop.schedule(() -> insteadOf(tried), REST_MILLIS, TimeUnit.MILLISECONDS);
            }
          });
    }
  }

  private void insteadOf(Channel failed) {
    if (listener == failed) {
      listener = null;
      listenAgain();
    }
  }

  private ChannelFuture listen() {
    return new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.AUTO_READ, false)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel client) {
                if (secrecy != null) {
                  client.pipeline().addLast(secrecy.handler(client, presentsBadCertificate()));
                }
                links.add(Link.between(client, upstream, Wire.this));
              }
            })
        .bind("127.0.0.1", port);
  }
}
