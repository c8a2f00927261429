package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.chat.ChatModel;
import io.github.resilientchat.core.route.Target;
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
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** A Bedrock model over a client of the application's own, which says nothing of its exchanges. */
class OwnClientTest {

  private final SimulatedBedrock simulated = new SimulatedBedrock();
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
        BedrockChatModel.builder()
            .client(own)
            .modelId(SimulatedBedrock.MODEL)
            .maxRetries(0)
            .build();
    ChatModel named =
        ResilientChatModel.builder()
            .target("sonnet", broken)
            .fallback("haiku", simulated.model("green"))
            .build();
    ChatModel placed =
        ResilientChatModel.builder()
            .target(Target.builder("placed").region("us-east-1").build(), broken)
            .fallback("other", simulated.model("green"))
            .build();

    assertThat(named.chat("hello")).isNotEmpty();
    assertThat(placed.chat("hello")).isNotEmpty();
  }
}
