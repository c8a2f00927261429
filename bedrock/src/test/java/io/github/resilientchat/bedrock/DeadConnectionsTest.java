package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static io.github.resilientchat.bedrock.Simulated.REGION;
import static io.github.resilientchat.bedrock.Simulated.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.testsupport.Undisturbed;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;

/** A peer that vanished leaves pooled connections that look like any other. */
class DeadConnectionsTest {

  private static final int CONNECTIONS = 3;

  /** Connections of one client, and what the peer does with requests on them. */
  private static final class Peer implements AutoCloseable {

    final Set<Socket> known = ConcurrentHashMap.newKeySet();
    final AtomicInteger swallowed = new AtomicInteger();
    private final CyclicBarrier together = new CyclicBarrier(CONNECTIONS);
    private final BedrockClients clients = BedrockClients.create();
    private final RawServer server = new RawServer(this::answerTogether);
    private final BedrockRuntimeClient client =
        clients.client(
            BedrockAccount.staticKeys("main", "AKIAEXAMPLE", "secret", null)
                .withEndpoint(server.endpoint()),
            REGION);

    Peer() throws IOException {}

    private boolean answerTogether(Socket connection, String head) throws IOException {
      known.add(connection);
      try {
        together.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
        throw new IOException(alone);
      }
      return RawServer.completion().answer(connection, head);
    }

    /** What is open now is dead: nothing comes back on it, and nobody says so. */
    void vanish() {
      server.behave(
          (connection, head) -> {
            if (known.contains(connection)) {
              swallowed.incrementAndGet();
              return true;
            }
            return RawServer.completion().answer(connection, head);
          });
    }

    ConverseResponse ask(Duration limit) {
      return within(new Exchange(limit, false), () -> client.converse(Simulated.question()));
    }

    @Override
    public void close() throws IOException {
      clients.close();
      server.close();
    }
  }

  @Test
  void oneSilentCallIsEnoughToLeaveAllOfThem() throws Throwable {
    Undisturbed.holds(
        () -> {
          try (Peer peer = new Peer()) {
            IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> CompletableFuture.runAsync(() -> peer.ask(PATIENCE)))
                .toList()
                .forEach(CompletableFuture::join);
            assertThat(peer.known).hasSize(CONNECTIONS);
            peer.vanish();

            assertThatThrownBy(() -> peer.ask(Duration.ofMillis(500)))
                .isInstanceOf(ApiCallTimeoutException.class);
            assertThat(peer.swallowed).as("calls on a dead connection").hasValue(1);
            for (int call = 0; call < CONNECTIONS; call++) {
              assertThat(peer.ask(PATIENCE).output().message().content().get(0).text())
                  .isEqualTo("hello");
            }
          }
        });
  }
}
