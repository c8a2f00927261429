package io.github.resilientchat.autoconfigure.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.simulator.Fault;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** Blocking calls in a chain end with it, down to Bedrock. */
class LeavingClientTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void onNettyWithItsClient() throws Exception {
    try (EdgeServer server = EdgeServer.start(WebApplicationType.REACTIVE)) {
      server.bedrock().fault(Fault.hang());
      CompletableFuture<HttpResponse<String>> answer =
          server.http().sendAsync(server.request("/spring/mono", "alice"), BodyHandlers.ofString());
      server.bedrock().awaitOpen(1, PATIENCE);

      answer.cancel(true);

      server.bedrock().awaitIdle(PATIENCE);
    }
  }

  @Test
  void onTomcatWithTheTimeoutOfSpringMvc() throws Exception {
    try (EdgeServer server =
        EdgeServer.start(WebApplicationType.SERVLET, "spring.mvc.async.request-timeout=500ms")) {
      server.bedrock().fault(Fault.hang());

      assertThat(server.get("/spring/mono", "alice").statusCode()).isEqualTo(503);

      server.bedrock().awaitIdle(PATIENCE);
    }
  }
}
