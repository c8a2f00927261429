package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.bedrock.GuardedBedrockRuntimeAsyncClient;
import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.failure.AttemptFailedException;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** What the guarded client is worth to somebody who uses a framework's own model, without us. */
class GuardAloneTest {

  private static final int AFTER_TEXT = 5;
  private static final StaticCredentialsProvider KEYS =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create(
              BedrockSimulator.accessKey(Words.BLUE), BedrockSimulator.secretKey()));

  private static final BedrockSimulator BEDROCK =
      BedrockSimulator.builder().tokenInterval(Duration.ofMillis(4)).start();

  // Closing an SDK client waits for seconds, so there is one for each protocol.
  private static final Map<Wire, BedrockRuntimeAsyncClient> GUARDED =
      Arrays.stream(Wire.values()).collect(Collectors.toMap(wire -> wire, GuardAloneTest::guarded));

  private final Transcript heard = new Transcript(false);
  private volatile boolean leaving;

  private static BedrockRuntimeAsyncClient guarded(Wire wire) {
    BedrockRuntimeAsyncClientBuilder builder =
        BedrockRuntimeAsyncClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(BEDROCK.endpoint())
            .credentialsProvider(KEYS);
    if (wire.protocol == Protocol.HTTP1_1) {
      builder.httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1));
    }
    return new GuardedBedrockRuntimeAsyncClient(builder.build());
  }

  @BeforeEach
  void start() {
    BEDROCK.reset();
    BEDROCK.answer(call -> Words.of(Words.BLUE));
  }

  @AfterAll
  static void stop() {
    GUARDED.values().forEach(BedrockRuntimeAsyncClient::close);
    BEDROCK.close();
  }

  private void langChain4j(Wire wire) {
    BedrockStreamingChatModel.builder()
        .client(GUARDED.get(wire))
        .modelId(Lab.MODEL)
        .build()
        .chat(
            ChatRequest.builder().messages(UserMessage.from("hello")).build(),
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
                heard.text(text.text());
                if (leaving) {
                  context.streamingHandle().cancel();
                }
              }

              @Override
              public void onCompleteResponse(ChatResponse response) {
                heard.complete();
              }

              @Override
              public void onError(Throwable error) {
                heard.fail(error);
              }
            });
  }

  /** As the guarded client's documentation says. */
  private Disposable springAi(Wire wire) {
    BedrockProxyChatModel model =
        new BedrockProxyChatModel(
            BedrockRuntimeClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(BEDROCK.endpoint())
                .credentialsProvider(KEYS)
                .build(),
            GUARDED.get(wire),
            BedrockChatOptions.builder().model(Lab.MODEL).build(),
            ObservationRegistry.NOOP,
            ToolCallingManager.builder().build());
    return Flux.<org.springframework.ai.chat.model.ChatResponse>from(
            subscriber -> {
              Exchange exchange = new Exchange(Duration.ofMinutes(5), true);
              try (Exchange.Scope ignored = exchange.open()) {
                model.stream(new Prompt("hello"))
                    .doFinally(end -> exchange.stop())
                    .subscribe(subscriber);
              }
            })
        .mapNotNull(part -> part.getResult())
        .mapNotNull(result -> result.getOutput().getText())
        .filter(text -> !text.isEmpty())
        .subscribe(heard::text, heard::fail, heard::complete);
  }

  private void assertFailedOnce() throws Exception {
    heard.awaitEnd();
    BEDROCK.awaitIdle(Lab.AT_MOST);
    assertThat(heard.ends).hasSize(1);
    assertThat(heard.ends.get(0).error()).isInstanceOf(AttemptFailedException.class);
  }

  private void assertClosed() throws Exception {
    assertThat(BEDROCK.awaitInvocations(1, Lab.AT_MOST))
        .extracting(Invocation::outcome)
        .containsExactly(Invocation.Outcome.CANCELLED);
    assertThat(heard.ends).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void truncatedStreamIsAFailureForLangChain4j(Wire wire) throws Exception {
    BEDROCK.fault(Fault.truncate(AFTER_TEXT));
    langChain4j(wire);
    assertFailedOnce();
  }

  @ParameterizedTest
  @EnumSource
  void truncatedStreamIsAFailureForSpringAi(Wire wire) throws Exception {
    BEDROCK.fault(Fault.truncate(AFTER_TEXT));
    springAi(wire);
    assertFailedOnce();
  }

  @ParameterizedTest
  @EnumSource
  void leavingClosesTheExchangeOfLangChain4j(Wire wire) throws Exception {
    BEDROCK.fault(Fault.stall(AFTER_TEXT));
    leaving = true;
    langChain4j(wire);
    assertClosed();
  }

  @ParameterizedTest
  @EnumSource
  void leavingClosesTheExchangeOfSpringAi(Wire wire) throws Exception {
    BEDROCK.fault(Fault.stall(AFTER_TEXT));
    Disposable stream = springAi(wire);
    heard.begun.get(Lab.AT_MOST.toSeconds(), TimeUnit.SECONDS);
    stream.dispose();
    assertClosed();
  }
}
