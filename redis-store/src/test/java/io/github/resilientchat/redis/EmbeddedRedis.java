package io.github.resilientchat.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A real Redis from its jar, on a port of its own, that keeps nothing on disk. */
final class EmbeddedRedis implements AutoCloseable {

  private static final List<Logger> KEPT = new ArrayList<>();

  static {
    // Lettuce tells of each lost connection.
    Logger lettuce = Logger.getLogger("io.lettuce");
    lettuce.setLevel(Level.OFF);
    KEPT.add(lettuce);
  }

  private static final int FIRST_PORT = 10_000;
  private static final int PORTS = 10_000;

  private final int port;
  private final String[] settings;
  private RedisServer server;
  private ProcessHandle process;
  private final RedisClient client;

  private EmbeddedRedis(int port, String... settings) {
    this.port = port;
    this.settings = settings;
    launch();
    client =
        RedisClient.create(
            RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(port)
                .withTimeout(Duration.ofMinutes(1))
                .build());
  }

  static EmbeddedRedis start(String... settings) {
    for (int left = 3; ; left--) {
      try {
        return new EmbeddedRedis(freePort(), settings);
      } catch (UncheckedIOException maybeTakenMeanwhile) {
        if (left == 0) {
          throw maybeTakenMeanwhile;
        }
      }
    }
  }

  /** Below those that systems give to connections, so that it is free after a restart too. */
  static int freePort() {
    int port;
    do {
      port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
    } while (!isFree(port));
    return port;
  }

  private void launch() {
    try {
      RedisServerBuilder builder =
          RedisServer.newRedisServer()
              .port(port)
              .bind("127.0.0.1")
              .setting("save \"\"")
              .setting("appendonly no")
              .onShutdownForceStop(true);
      for (String setting : settings) {
        builder.setting(setting);
      }
      server = builder.build();
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    RedisClient once = RedisClient.create(RedisURI.create("127.0.0.1", port));
    try (StatefulRedisConnection<String, String> connection = once.connect()) {
      process = processOf(connection.sync().info("server"));
    } finally {
      once.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
  }

  private static ProcessHandle processOf(String info) {
    long pid =
        info.lines()
            .filter(line -> line.startsWith("process_id:"))
            .mapToLong(line -> Long.parseLong(line.substring("process_id:".length()).strip()))
            .findFirst()
            .orElseThrow();
    return ProcessHandle.of(pid).orElseThrow();
  }

  /** Kills the server that said this of itself. */
  static void kill(String info) {
    ProcessHandle process = processOf(info);
    process.destroyForcibly();
    process.onExit().join();
  }

  /** The nodes of a cluster talk on ports that are 10,000 higher, where no node is. */
  static List<Integer> freeClusterPorts(int count) {
    Set<Integer> ports = new LinkedHashSet<>();
    while (ports.size() < count) {
      int port = freePort();
      if (isFree(port + 10_000)) {
        ports.add(port);
      }
    }
    return List.copyOf(ports);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  int port() {
    return port;
  }

  RedisClient client() {
    return client;
  }

  /** Another client, as another instance has one. */
  RedisClient anotherClient() {
    return RedisClient.create(RedisURI.create("127.0.0.1", port));
  }

  StatefulRedisConnection<String, String> connect() {
    return client.connect();
  }

  void run(java.util.function.Consumer<RedisCommands<String, String>> commands) {
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      commands.accept(connection.sync());
    }
  }

  /** STOP, CONT or KILL. */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (name.equals("KILL")) {
        process.onExit().join();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** After a KILL: the same port, and nothing is remembered. */
  void startAgain() {
    Optional.ofNullable(server)
        .ifPresent(
            dead -> {
              try {
                dead.stop();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    launch();
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    if (process != null) {
      process.destroyForcibly();
    }
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
