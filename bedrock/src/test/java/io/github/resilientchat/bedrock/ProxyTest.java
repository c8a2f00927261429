package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** A proxy that notes who asks for what, and lets nobody through. */
class ProxyTest {

  private static final BedrockAccount ACCOUNT =
      BedrockAccount.staticKeys("main", "AKIAX", "hush", null);

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private RawServer proxy;

  @BeforeEach
  void open() throws IOException {
    proxy = RawServer.refusingProxy(asked);
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
  }

  private BedrockClients through(HttpProxy settings) {
    return BedrockClients.builder().proxy(settings).build();
  }

  private HttpProxy proxy(String... nonProxyHosts) {
    return new HttpProxy("127.0.0.1", proxy.port(), null, null, Set.of(nonProxyHosts));
  }

  @Test
  void callsAndStreamsGoThroughIt() {
    try (BedrockClients clients = through(proxy())) {
      Throwable call =
          catchThrowable(
              () -> clients.client(ACCOUNT, Region.EU_WEST_1).converse(Simulated.question()));
      Throwable stream =
          RecordedStream.of(clients.asyncClient(ACCOUNT, Region.EU_WEST_1)).failureToldOnce();
      assertThat(call).isNotNull();
      assertThat(stream).isNotNull();
    }
    assertThat(asked)
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(
            head ->
                assertThat(head)
                    .startsWith("CONNECT bedrock-runtime.eu-west-1.amazonaws.com:443 "));
  }

  @Test
  void itIsToldWhoComesWhenItAsks() {
    HttpProxy named = new HttpProxy("127.0.0.1", proxy.port(), "me", "hush", Set.of());
    try (BedrockClients clients = through(named)) {
      catchThrowable(
          () -> clients.client(ACCOUNT, Region.EU_WEST_1).converse(Simulated.question()));
      RecordedStream.of(clients.asyncClient(ACCOUNT, Region.EU_WEST_1)).failureToldOnce();
    }
    assertThat(asked)
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(head -> assertThat(head.toLowerCase()).contains("proxy-authorization: basic"));
  }

  @Test
  void hostsThatAreNotProxiedAreReachedDirectly() {
    try (Simulated local = Simulated.with(options -> options.proxy(proxy("127.0.*")))) {
      assertThat(local.ask().stopReasonAsString()).isEqualTo("end_turn");
      assertThat(local.stream().future).succeedsWithin(Simulated.PATIENCE);
      assertThat(asked).isEmpty();
    }
  }

  @Test
  void textNeverShowsWhoItIsUsedAs() {
    assertThat(new HttpProxy("proxy.internal", 3128, "canary-me", "canary-hush", Set.of()))
        .hasToString("proxy.internal:3128");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpProxy("http://canary:hush@proxy", 1, null, null, Set.of()))
        .withMessageNotContaining("canary");
  }
}
