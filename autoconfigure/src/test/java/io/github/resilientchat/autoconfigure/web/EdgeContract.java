package io.github.resilientchat.autoconfigure.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;

/** What clients see of calls, over real HTTP, whatever serves it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeContract {

  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private EdgeServer server;

  abstract WebApplicationType type();

  /** More properties. */
  List<String> more() {
    return List.of();
  }

  @BeforeAll
  void start() {
    startWith();
  }

  private void startWith(String... others) {
    List<String> properties = new ArrayList<>(more());
    properties.addAll(List.of(others));
    properties.add("resilient.quotas.plans.few.limits=2rpm");
    properties.add("resilient.quotas.plans.few.users=carol");
    properties.add("resilient.web.request-headers=timeout, fallbacks, session");
    server = EdgeServer.start(type(), properties.toArray(String[]::new));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void reset() {
    server.bedrock().reset();
    server.bedrock().answer(call -> Answer.text("one two three four"));
    server.reports().clear();
  }

  HttpResponse<String> get(String path, @Nullable String user, String... headers) throws Exception {
    return server.get(path, user, headers);
  }

  private static Optional<String> header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/spring/blocking",
        "/spring/mono",
        "/spring/late-mono",
        "/spring/stream",
        "/langchain4j/blocking",
        "/langchain4j/stream",
        "/async",
        "/carried",
        "/functional"
      })
  void callsAreMadeForWhomIsSignedIn(String path) throws Exception {
    HttpResponse<String> answer = get(path, "alice");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(server.reports())
        .extracting(report -> report.caller().user())
        .containsExactly("alice");
    assertThat(server.reports().get(0).caller().groups()).containsExactly("ROLE_USER");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/spring/tool",
        "/spring/tool-stream",
        "/langchain4j/tool",
        "/langchain4j/tool-stream"
      })
  void toolsAndLaterRoundsAreTheSameCallers(String path) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    server
        .bedrock()
        .answer(
            call ->
                calls.incrementAndGet() == 1
                    ? Answer.toolUse("t1", "askAround", "{}")
                    : Answer.text("well"));

    HttpResponse<String> answer = get(path, "bob");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(server.reports())
        .hasSize(3)
        .extracting(report -> report.caller().user())
        .containsOnly("bob");
  }

  @Test
  void oneCallersQuotaIsTwoHundredsAndTwentyNineAndSaysWhenToComeBack() throws Exception {
    listen();
    String path = "/spring/mono";
    int most = 0;
    HttpResponse<String> answer = get(path, "carol");
    while (answer.statusCode() == 200 && most++ < 5) {
      answer = get(path, "carol");
    }

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(header(answer, "Content-Type")).hasValue("application/problem+json");
    assertThat(header(answer, "Retry-After"))
        .hasValueSatisfying(seconds -> assertThat(Long.parseLong(seconds)).isBetween(1L, 65L));
    assertThat(header(answer, "RateLimit-Policy")).hasValue("\"user-rpm\";q=2;w=60");
    assertThat(header(answer, "RateLimit"))
        .hasValueSatisfying(left -> assertThat(left).matches("\"user-rpm\";r=0;t=\\d+"));
    assertThat(answer.body())
        .contains("http-problem-types#quota-exceeded")
        .contains("\"violated-policies\":[\"user-rpm\"]")
        .contains("\"plan\":\"few\"")
        .doesNotContain("carol");
    assertThat(get("/langchain4j/blocking", "carol").statusCode()).isEqualTo(429);
    assertThat(get("/wrapped", "carol").statusCode()).isEqualTo(429);
    assertThat(get("/async", "carol").statusCode()).isEqualTo(429);
    assertThat(get("/functional", "carol").statusCode()).isEqualTo(429);
    assertThat(get("/spring/blocking", "carol").statusCode()).isEqualTo(429);
    for (String stream : List.of("/spring/stream", "/spring/late-stream", "/langchain4j/stream")) {
      HttpResponse<String> refused = get(stream, "carol", "Accept", "text/event-stream");
      assertThat(refused.statusCode()).as(stream).isEqualTo(429);
      assertThat(refused.body()).contains("quota-exceeded");
    }
    assertThat(get(path, "bob").statusCode()).isEqualTo(200);
    assertThat(log.list).isNotNull().noneMatch(event -> hasTrace(event.getThrowableProxy()));
  }

  /** Spring AI itself logs what a stream ends with, by its name alone. */
  private static boolean hasTrace(@Nullable IThrowableProxy error) {
    return error != null
        && (error.getStackTraceElementProxyArray().length > 0 || hasTrace(error.getCause()));
  }

  /** Threads of all sorts log while it is read. */
  private void listen() {
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    ROOT.addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    ROOT.detachAppender(log);
    log.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/spring/blocking",
        "/spring/stream",
        "/spring/late-stream",
        "/langchain4j/blocking",
        "/empty",
        "/empty-mono"
      })
  void answersSayWhatIsLeft(String path) throws Exception {
    HttpResponse<String> answer = get(path, "alice");

    assertThat(header(answer, "RateLimit-Policy"))
        .hasValue("\"user-rpm\";q=1000;w=60, \"user-tpm\";q=10000000;qu=\"tokens\";w=60");
    assertThat(header(answer, "RateLimit"))
        .hasValueSatisfying(
            left -> assertThat(left).matches("\"user-rpm\";r=9\\d\\d, \"user-tpm\";r=\\d{7}"));
  }

  @Test
  void aStreamThatBreaksAfterItsFirstByteEndsWithTheProblem() throws Exception {
    restart("bedrock.gap=250ms");
    reset();
    server.bedrock().fault(Fault.streamException(3, "modelStreamErrorException", "broken"));

    for (String path : List.of("/spring/stream", "/langchain4j/stream")) {
      HttpResponse<String> answer = get(path, "alice", "Accept", "text/event-stream");

      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).contains("data:one");
      String last = answer.body().substring(answer.body().indexOf("event:error"));
      assertThat(last).contains("data:{").contains("\"status\":502").endsWith("\n\n");
    }
    restart();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/spring/mono", "/spring/stream", "/langchain4j/stream"})
  void allTargetsOutIsFiveHundredAndThreeAndNoCallersFault(String path) throws Exception {
    server
        .bedrock()
        .fault(
            Fault.httpError(429, "ThrottlingException", "slow").retryAfter(Duration.ofSeconds(7)));

    HttpResponse<String> answer = get(path, "alice");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.body()).contains("temporary-reduced-capacity");
    assertThat(header(answer, "Retry-After")).isPresent();
    // What throttled rests; the next test starts from targets that are well.
    restart();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/spring/mono", "/spring/stream", "/langchain4j/stream"})
  void anOutageOfWhichNobodySaysHowLongSaysWhenToComeBackToo(String path) throws Exception {
    server.bedrock().fault(Fault.httpError(503, "ServiceUnavailableException", "down"));

    HttpResponse<String> answer = get(path, "alice");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(header(answer, "Retry-After"))
        .hasValueSatisfying(seconds -> assertThat(Long.parseLong(seconds)).isPositive());
    assertThat(answer.body()).contains("\"retry-after\":");
    restart();
  }

  private void restart(String... others) {
    server.close();
    startWith(others);
  }

  @Test
  void anUnknownRouteIsTheRequestsFault() throws Exception {
    HttpResponse<String> answer = get("/route?name=nowhere", "alice");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Unknown route").doesNotContain("nowhere");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/spring/mono", "/spring/stream", "/langchain4j/blocking"})
  void aPromptThatAModelRefusesIsTheRequestsFault(String path) throws Exception {
    server.bedrock().fault(Fault.httpError(400, "ValidationException", "malformed secret words"));

    HttpResponse<String> answer = get(path, "alice");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain("secret words");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/spring/blocking", "/spring/stream", "/langchain4j/blocking"})
  void aRequestMaySetItsDeadline(String path) throws Exception {
    server.bedrock().fault(Fault.hang());

    HttpResponse<String> answer = get(path, "alice", "Resilient-Timeout", "0.4");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(504);
    restart();
  }

  @Test
  void aRequestMayForbidFallbacks() throws Exception {
    server.bedrock().fault(Fault.httpError(403, "AccessDeniedException", "no").region("us-east-1"));

    assertThat(get("/spring/mono", "alice", "Resilient-Fallbacks", "off").statusCode())
        .isEqualTo(503);
    assertThat(get("/spring/mono", "alice").statusCode()).isEqualTo(200);
    restart();
  }

  @Test
  void headersThatCannotBeReadRefuseTheRequest() throws Exception {
    for (String[] header :
        List.of(
            new String[] {"Resilient-Timeout", "soon"},
            new String[] {"Resilient-Timeout", "0"},
            new String[] {"Resilient-Timeout", "1", "Resilient-Timeout", "2"},
            new String[] {"Resilient-Fallbacks", "maybe"},
            new String[] {"Resilient-Session", "x".repeat(201)})) {
      HttpResponse<String> answer = get("/spring/mono", "alice", header);
      assertThat(answer.statusCode()).as(header[0] + header[1]).isEqualTo(400);
      assertThat(answer.body()).contains(header[0]).doesNotContain("maybe");
    }
    assertThat(server.reports()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/spring/blocking", "/spring/stream", "/langchain4j/blocking"})
  void aNameWithALineBreakIsNobodysAndIsShownNowhere(String path) throws Exception {
    listen();

    HttpResponse<String> answer = get(path, "mal\nory");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("control characters").doesNotContain("ory");
    assertThat(answer.headers().map().toString()).doesNotContain("ory");
    assertThat(log.list)
        .isNotNull()
        .noneMatch(event -> event.getFormattedMessage().contains("mal\nory"))
        .noneMatch(event -> hasTrace(event.getThrowableProxy()));
    assertThat(server.bedrock().invocations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/open/blocking", "/open/stream"})
  void nobodySignedInIsFourHundredAndOne(String path) throws Exception {
    HttpResponse<String> answer = get(path, null);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(answer.body()).contains("No caller");
    assertThat(server.reports())
        .extracting(report -> report.caller())
        .containsOnly(Caller.ANONYMOUS);
  }

  @Test
  void aThreadThatNobodyCarriedTheCallerToIsRefusedAndSaysHow() throws Exception {
    listen();

    HttpResponse<String> answer = get("/bare-thread", "alice");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anySatisfy(line -> assertThat(line).contains("CallerCarrier"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/spring/stream"})
  void aClientThatLeavesEndsTheStreamAtTheModel(String path) throws Exception {
    server.bedrock().answer(call -> Answer.text("word ".repeat(10_000)));

    HttpResponse<InputStream> answer =
        server.http().send(server.request(path, "alice"), BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      assertThat(body.read()).isPositive();
    } catch (IOException closed) {
      // As it should be.
    }

    server.bedrock().awaitIdle(PATIENCE);
    // Of which the next test is to hear nothing.
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(server.reports()).hasSize(1));
  }
}
