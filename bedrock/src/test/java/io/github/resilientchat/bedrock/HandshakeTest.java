package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.REGION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.simulator.BedrockSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections on which no protocol is agreed. */
class HandshakeTest {

  private static final FailureClassifier CLASSIFIER = FailureClassifier.discovered();

  private BedrockClients clients = BedrockClients.create();

  @AfterEach
  void close() {
    clients.close();
  }

  /** Where nothing comes, however long one waits. */
  private void doNotWait() {
    clients.close();
    clients = BedrockClients.builder().connectTimeout(Duration.ofMillis(500)).build();
  }

  private static BedrockAccount at(String scheme, int port) {
    return BedrockAccount.staticKeys(
            "blue", BedrockSimulator.accessKey("blue"), BedrockSimulator.secretKey(), null)
        .withEndpoint(URI.create(scheme + "://127.0.0.1:" + port));
  }

  private Failure streamFails(BedrockAccount account) {
    return CLASSIFIER
        .classify(RecordedStream.of(clients.asyncClient(account, REGION)).failureToldOnce())
        .orElseThrow();
  }

  @Test
  void certificateThatNobodyTrustsIsSeenByCallsAndStreams(@TempDir Path folder) throws Exception {
    try (RawServer server = new RawServer(untrusted(folder), RawServer.completion())) {
      BedrockAccount account = at("https", server.port());
      Throwable error =
          catchThrowable(() -> clients.client(account, REGION).converse(Simulated.question()));
      Failure ofCall = CLASSIFIER.classify(error).orElseThrow();
      for (Failure failure : new Failure[] {ofCall, streamFails(account), streamFails(account)}) {
        // Of the timer that is behind it, the code would be another.
        assertThat(failure).hasToString("UNAVAILABLE (SSLHandshakeException)");
        assertThat(failure.advice()).contains("certificate");
      }
    }
  }

  private static ServerSocket untrusted(Path folder) throws Exception {
    Path keys = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @Test
  void connectionThatEndsInTheHandshakeEndsItsStreamAndNoLaterOne() throws Exception {
    try (Doorman doorman = new Doorman()) {
      doorman.manner = Socket::close;
      BedrockAccount account = at("https", doorman.port());
      for (int i = 0; i < 3; i++) {
        assertThat(streamFails(account).kind()).isEqualTo(FailureKind.UNAVAILABLE);
      }
      assertThat(doorman.visits).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void hostThatSaidNothingIsAskedAnew() throws Exception {
    try (Simulated simulated = Simulated.start();
        Doorman doorman = new Doorman()) {
      BedrockAccount account = at("http", doorman.port());
      doorman.manner = silent -> {};
      doNotWait();
      assertThat(streamFails(account)).hasToString("UNAVAILABLE (NoHandshakeException)");

      doorman.manner = visitor -> Doorman.forward(visitor, simulated.bedrock.endpoint().getPort());
      RecordedStream stream = RecordedStream.of(clients.asyncClient(account, REGION));
      assertThat(Simulated.failureOf(stream.future)).isEmpty();
    }
  }

  /** Accepts connections and deals with each as it is told. */
  private static final class Doorman implements AutoCloseable {

    interface Manner {
      void receive(Socket visitor) throws IOException;
    }

    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    /** The JVM closes sockets that nobody refers to. */
    private final Queue<Socket> visitors = new ConcurrentLinkedQueue<>();

    volatile Manner manner = Socket::close;
    volatile int visits;

    Doorman() throws IOException {
      daemon(this::receive);
    }

    int port() {
      return door.getLocalPort();
    }

    private void receive() {
      while (!door.isClosed()) {
        try {
          Socket visitor = door.accept();
          visits++;
          visitors.add(visitor);
          manner.receive(visitor);
        } catch (IOException closed) {
          // The loop's condition tells.
        }
      }
    }

    static void forward(Socket visitor, int port) throws IOException {
      Socket host = new Socket(InetAddress.getLoopbackAddress(), port);
      daemon(() -> copy(visitor, host));
      daemon(() -> copy(host, visitor));
    }

    private static void copy(Socket from, Socket to) {
      try (from;
          to) {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException gone) {
        // Either side's end of it.
      }
    }

    private static void daemon(Runnable task) {
      Thread thread = new Thread(task, "doorman");
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void close() throws IOException {
      door.close();
      for (Socket visitor : visitors) {
        visitor.close();
      }
    }
  }
}
