package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.resilientchat.core.route.Target;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** A Bedrock model over a client of the application's own, which says nothing of its exchanges. */
class OwnClientTest {

  private final Simulated simulated = new Simulated();
  private HttpServer proxy;
  private BedrockRuntimeClient own;

  @BeforeEach
  void open() throws IOException {
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.start();
    own =
        BedrockRuntimeClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + proxy.getAddress().getPort()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAEXAMPLE", "x")))
            .build();
  }

  @AfterEach
  void close() {
    own.close();
    proxy.stop(0);
    simulated.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"output\":{}}", ""})
  void answerThatNobodyCanReadMovesOn(String body) {
    proxy.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
    ChatModel broken =
        new BedrockProxyChatModel(
            own,
            simulated.asyncClient(),
            BedrockChatOptions.builder().model(Simulated.PRIMARY.model()).build(),
            ObservationRegistry.NOOP,
            ToolCallingManager.builder().build());
    ChatModel named =
        ResilientChatModel.builder()
            .target("sonnet", broken)
            .fallback("haiku", simulated.fallback())
            .build();
    ChatModel placed =
        ResilientChatModel.builder()
            .target(Target.builder("placed").region("us-east-1").build(), broken)
            .fallback("other", simulated.fallback())
            .build();

    assertThat(named.call("hello")).isNotEmpty();
    assertThat(placed.call("hello")).isNotEmpty();
  }
}
