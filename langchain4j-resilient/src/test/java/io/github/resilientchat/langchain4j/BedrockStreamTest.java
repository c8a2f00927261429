package io.github.resilientchat.langchain4j;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import io.github.resilientchat.testsupport.Undisturbed;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;

/** LangChain4j's real {@code BedrockStreamingChatModel} behind the router, over HTTP. */
class BedrockStreamTest {

  private static final String WORDS = "one two three four five six seven eight";

  /** Of a stream that stalls after its fifth frame. */
  private static final int TEXTS = 4;

  /** Where a target says nothing at all. */
  private static final RoutePolicy NO_FIRST_TOKEN =
      RoutePolicy.DEFAULTS
          .withFirstTokenTimeout(Duration.ofMillis(2_500))
          .withIdleTimeout(Duration.ofMillis(2_500));

  /** Where a target that has begun says nothing more. */
  private static final RoutePolicy SILENT =
      RoutePolicy.DEFAULTS.withIdleTimeout(Duration.ofMillis(1_500));

  private static SimulatedBedrock simulated;
  private static BedrockRuntimeAsyncClient plain;

  private final CountDownLatch texts = new CountDownLatch(TEXTS);
  private final RecordingHandler handler =
      new RecordingHandler() {
        @Override
        public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
          super.onPartialResponse(text, context);
          texts.countDown();
        }
      };
  private final BlockingQueue<CallReport> reports = new LinkedBlockingQueue<>();
  private final VirtualTime time = new VirtualTime();

  @BeforeAll
  static void start() {
    simulated = new SimulatedBedrock();
    plain = plainClient(simulated.bedrock.endpoint());
    // The first stream of a JVM takes seconds, which no test of a timeout may mistake for silence.
    RecordingHandler first = new RecordingHandler();
    simulated.stream("blue").chat(Answers.hello(), first);
    first.error();
  }

  @AfterAll
  static void stop() {
    plain.close();
    simulated.close();
  }

  @BeforeEach
  void reset() {
    simulated.bedrock.reset();
    simulated.bedrock.answer(call -> Answer.text(WORDS));
  }

  static Stream<Named<Fault>> failuresBeforeContent() {
    return Stream.of(
        Named.of("429", Fault.httpError(429, "ThrottlingException", "Too many requests")),
        Named.of("500", Fault.httpError(500, "InternalServerException", "Oops")),
        Named.of("connection reset", Fault.reset()),
        Named.of("throttled in the stream", Fault.streamException(0, "throttlingException", "x")),
        Named.of(
            "failed after the start", Fault.streamException(1, "modelStreamErrorException", "x")),
        Named.of("cut off after the start", Fault.truncate(1)),
        Named.of("empty stream", Fault.emptyStream()));
  }

  @ParameterizedTest
  @MethodSource
  void failuresBeforeContent(Fault fault) throws Exception {
    assertGreenAnswersAfter(fault, RoutePolicy.DEFAULTS);
  }

  static Stream<Named<Fault>> silenceBeforeContent() {
    return Stream.of(
        Named.of("no first token", Fault.stall(1)), Named.of("no answer", Fault.hang()));
  }

  @ParameterizedTest
  @MethodSource
  void silenceBeforeContent(Fault fault) throws Throwable {
    Undisturbed.holds(() -> assertGreenAnswersAfter(fault, NO_FIRST_TOKEN));
  }

  private static void assertGreenAnswersAfter(Fault ofBlue, RoutePolicy policy) throws Exception {
    simulated.bedrock.awaitIdle(SimulatedBedrock.PATIENCE);
    simulated.bedrock.reset();
    simulated.bedrock.fault(ofBlue.account("blue"));
    RecordingHandler handler = new RecordingHandler();

    simulated.resilientStream(Engine.builder().build(), policy).chat(Answers.hello(), handler);

    assertThat(handler.answer().aiMessage().text()).isEqualTo(WORDS);
    assertThat(ResilientChatResponse.reportOf(handler.answer()).orElseThrow().servedBy())
        .contains(SimulatedBedrock.target("green"));
    assertThat(simulated.accountsCalled()).last().isEqualTo("green");
    assertThat(handler.signals).hasSize(9).endsWith("complete");
  }

  static Stream<Named<Fault>> failuresAfterContent() {
    return Stream.concat(
        failuresAfterContentOnAnyClient(), Stream.of(Named.of("cut off", Fault.truncate(5))));
  }

  static Stream<Named<Fault>> failuresAfterContentOnAnyClient() {
    return Stream.of(
        Named.of("failed", Fault.streamException(5, "modelStreamErrorException", "x")),
        Named.of("throttled", Fault.streamException(5, "throttlingException", "x")),
        Named.of("unavailable", Fault.streamException(5, "serviceUnavailableException", "x")),
        Named.of("connection reset", Fault.streamReset(5)));
  }

  @ParameterizedTest
  @MethodSource
  void failuresAfterContent(Fault fault) throws Exception {
    simulated.bedrock.fault(fault.account("blue"));

    model(SILENT).chat(Answers.hello(), handler);

    assertBrokenAfterContent();
  }

  @Test
  void silenceAfterContent() throws Exception {
    simulated.bedrock.fault(Fault.stall(5).account("blue"));

    model(SILENT).chat(Answers.hello(), handler);
    letTheTimeOfSilencePass();

    assertBrokenAfterContent();
  }

  private void assertBrokenAfterContent() throws Exception {
    assertThat(handler.error()).isInstanceOf(StreamInterruptedException.class);
    StreamInterruptedException broken = (StreamInterruptedException) handler.error();
    assertThat(broken.partialText()).isNotEmpty().isEqualTo(textIn(handler.signals));
    assertEndedOnce();
    assertThat(simulated.accountsCalled()).containsExactly("blue");
  }

  /** The client of an application, not ours: errors come twice. */
  @ParameterizedTest
  @MethodSource
  void failuresAfterContentOnAnyClient(Fault fault) {
    simulated.bedrock.fault(fault);

    anyClients().chat(Answers.hello(), handler);

    assertBrokenOnce();
  }

  static Stream<Named<Fault>> silenceAfterContentOnAnyClient() {
    return Stream.of(
        Named.of("silent", Fault.stall(5)),
        Named.of("cut off, which ends without a word", Fault.truncate(5)));
  }

  @ParameterizedTest
  @MethodSource
  void silenceAfterContentOnAnyClient(Fault fault) throws Exception {
    simulated.bedrock.fault(fault);

    anyClients().chat(Answers.hello(), handler);
    letTheTimeOfSilencePass();

    assertBrokenOnce();
  }

  private ResilientStreamingChatModel anyClients() {
    return ResilientStreamingChatModel.builder()
        .engine(engine())
        .threads(threads())
        .target(
            "plain",
            BedrockStreamingChatModel.builder()
                .client(plain)
                .modelId(SimulatedBedrock.MODEL)
                .build())
        .policy(SILENT)
        .build();
  }

  private void assertBrokenOnce() {
    assertThat(handler.error()).isInstanceOf(StreamInterruptedException.class);
    assertThat(handler.signals).endsWith("error").doesNotContain("complete");
    assertThat(handler.errors).hasSize(1);
  }

  /** Once everything is there that comes before a stall; no time passes by itself. */
  private void letTheTimeOfSilencePass() throws Exception {
    assertThat(texts.await(SimulatedBedrock.PATIENCE.toSeconds(), SECONDS)).isTrue();
    // Again, if the word that came last was being read meanwhile.
    for (int left = 3; left > 0 && !handler.end.isDone(); left--) {
      time.advance(SILENT.idleTimeout());
      handler.end.handle((response, error) -> true).completeOnTimeout(false, 5, SECONDS).join();
    }
  }

  @Test
  void refusedRequestReachesTheHandlerAsItIsAfterOneRequest() throws Exception {
    simulated.bedrock.fault(Fault.httpError(400, "ValidationException", "temperature too high"));

    model(RoutePolicy.DEFAULTS).chat(Answers.hello(), handler);

    assertThat(handler.error())
        .isExactlyInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("temperature too high");
    assertThat(simulated.accountsCalled()).containsExactly("blue");
    assertEndedOnce();
  }

  @Test
  void saysWhatHappenedAtEachTargetWhenNoneAnswers() throws Exception {
    simulated.bedrock.fault(Fault.streamException(0, "throttlingException", "Too many requests"));

    model(RoutePolicy.DEFAULTS).chat(Answers.hello(), handler);

    assertThat(handler.error())
        .isInstanceOf(NoTargetAvailableException.class)
        .hasMessageContaining("blue: THROTTLED")
        .hasMessageContaining("green: THROTTLED");
    assertThat(simulated.accountsCalled()).containsExactly("blue", "green");
    assertEndedOnce();
  }

  @Test
  void cancellingAfterTheFirstTokenClosesTheExchange() throws Exception {
    simulated.bedrock.fault(Fault.stall(6));
    RecordingHandler once =
        new RecordingHandler() {
          @Override
          public void onPartialResponse(PartialResponse text, PartialResponseContext context) {
            super.onPartialResponse(text, context);
            context.streamingHandle().cancel();
          }
        };

    model(RoutePolicy.DEFAULTS).chat(Answers.hello(), once);

    simulated.bedrock.awaitInvocations(1, SimulatedBedrock.PATIENCE);
    assertThat(simulated.ended())
        .extracting(Invocation::outcome)
        .containsExactly(Invocation.Outcome.CANCELLED);
    assertThat(once.signals).hasSize(1);
    // The exchange is over a little before the call is.
    CallReport report = reports.poll(SimulatedBedrock.PATIENCE.toSeconds(), SECONDS);
    assertThat(report.ending()).isEqualTo(CallReport.Ending.CANCELLED);
  }

  @Test
  void cancellingBeforeTheFirstTokenClosesTheExchange() throws Exception {
    simulated.bedrock.fault(Fault.hang());
    model(RoutePolicy.DEFAULTS).chat(Answers.hello(), handler);
    simulated.bedrock.awaitOpen(1, SimulatedBedrock.PATIENCE);

    handler.handle.cancel();

    assertThat(simulated.accountsCalled()).containsExactly("blue");
    assertThat(handler.signals).isEmpty();
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.CANCELLED);
  }

  private void assertEndedOnce() throws Exception {
    simulated.ended();
    assertThat(handler.signals).endsWith("error");
    assertThat(handler.errors).hasSize(1);
    assertThat(handler.signals).doesNotContain("complete");
  }

  private ResilientStreamingChatModel model(RoutePolicy policy) {
    return simulated.resilientStream(engine(), policy, threads());
  }

  private StreamThreads threads() {
    return new StreamThreads(StreamThreads.shared().executor(), time);
  }

  private Engine engine() {
    return Engine.builder()
        .ticker(time)
        .listener(
            new RouteListener() {
              @Override
              public void onCall(CallReport report) {
                reports.add(report);
              }
            })
        .build();
  }

  private static String textIn(List<String> signals) {
    StringBuilder text = new StringBuilder();
    signals.stream()
        .filter(signal -> signal.startsWith("text "))
        .forEach(signal -> text.append(signal.substring("text ".length())));
    return text.toString();
  }

  private static BedrockRuntimeAsyncClient plainClient(URI endpoint) {
    return BedrockRuntimeAsyncClient.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(endpoint)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    BedrockSimulator.accessKey("plain"), BedrockSimulator.secretKey())))
        .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
        .build();
  }
}
