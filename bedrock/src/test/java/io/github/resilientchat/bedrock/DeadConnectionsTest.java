package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static io.github.resilientchat.bedrock.Simulated.REGION;
import static io.github.resilientchat.bedrock.Simulated.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.adapter.Exchange;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;

/** A peer that vanished leaves pooled connections that look like any other. */
class DeadConnectionsTest {

  private static final int CONNECTIONS = 3;

  private final BedrockClients clients = BedrockClients.create();
  private final Set<Socket> known = ConcurrentHashMap.newKeySet();
  private final CyclicBarrier together = new CyclicBarrier(CONNECTIONS);
  private RawServer server;
  private BedrockRuntimeClient client;

  @BeforeEach
  void open() throws IOException {
    server = new RawServer((connection, head) -> false);
    client =
        clients.client(
            BedrockAccount.staticKeys("main", "AKIAEXAMPLE", "secret", null)
                .withEndpoint(server.endpoint()),
            REGION);
  }

  @AfterEach
  void close() throws IOException {
    clients.close();
    server.close();
  }

  private ConverseResponse ask(Duration limit) {
    return within(new Exchange(limit, false), () -> client.converse(Simulated.question()));
  }

  @Test
  void oneSilentCallIsEnoughToLeaveAllOfThem() {
    server.behave(
        (connection, head) -> {
          known.add(connection);
          try {
            together.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
          } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new IOException(alone);
          }
          return RawServer.completion().answer(connection, head);
        });
    IntStream.range(0, CONNECTIONS)
        .mapToObj(i -> CompletableFuture.runAsync(() -> ask(PATIENCE)))
        .toList()
        .forEach(CompletableFuture::join);
    assertThat(known).hasSize(CONNECTIONS);

    // What is open now is dead: nothing comes back on it, and nobody says so.
    server.behave(
        (connection, head) ->
            known.contains(connection) || RawServer.completion().answer(connection, head));

    assertThatThrownBy(() -> ask(Duration.ofMillis(500)))
        .isInstanceOf(ApiCallTimeoutException.class);
    for (int call = 0; call < CONNECTIONS; call++) {
      assertThat(ask(PATIENCE).output().message().content().get(0).text()).isEqualTo("hello");
    }
  }
}
