package io.github.resilientchat.benchmarks.chaos;

import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** TLS before a wire, for a name that may cease to resolve. */
final class Secrecy {

  private final String host;
  private final Runnable strike;
  private final Runnable heal;
  private final SslContext known;
  private final SslContext unknown;

  private Secrecy(String host, Runnable strike, Runnable heal) {
    this.host = host;
    this.strike = strike;
    this.heal = heal;
    known = context(Surroundings.folder().resolve(Surroundings.KNOWN));
    unknown = context(Surroundings.folder().resolve(Surroundings.UNKNOWN));
  }

  static Secrecy ofThisMachine() {
    return new Secrecy("localhost", () -> {}, () -> {});
  }

  /** A VPC endpoint's name, which no public server knows. */
  static Secrecy ofName() {
    String name = Surroundings.newName();
    return new Secrecy(name, () -> Surroundings.forget(name), () -> Surroundings.know(name));
  }

  String host() {
    return host;
  }

  void strike() {
    strike.run();
  }

  void heal() {
    heal.run();
  }

  ChannelHandler handler(SocketChannel client, boolean bad) {
    return (bad ? unknown : known).newHandler(client.alloc());
  }

  private static SslContext context(Path store) {
    try {
      return SslContextBuilder.forServer(Surroundings.keys(store))
          .sslProvider(SslProvider.JDK)
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  ApplicationProtocolConfig.Protocol.ALPN,
                  ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                  ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                  ApplicationProtocolNames.HTTP_2,
                  ApplicationProtocolNames.HTTP_1_1))
          .build();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
