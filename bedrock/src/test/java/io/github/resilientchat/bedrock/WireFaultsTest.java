package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.RawServer.saying;
import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static io.github.resilientchat.bedrock.Simulated.REGION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilientchat.bedrock.RawServer.Behaviour;
import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.failure.Causes;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.Protocol;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** What comes over the wire in place of Bedrock's answer, and what both clients make of it. */
class WireFaultsTest {

  private static final FailureClassifier CLASSIFIER = FailureClassifier.discovered();
  private static final String HTML = "<html><body><h1>Sorry</h1></body></html>";
  private static final String HTML_TYPE = "Content-Type: text/html\r\n";
  private static final String JSON_TYPE = "Content-Type: application/json\r\n";
  private static final String FRAMES_TYPE = "Content-Type: application/vnd.amazon.eventstream\r\n";

  private static final String CANARY = "canary";
  private static final String VALIDATION =
      "{\"__type\":\"ValidationException\",\"message\":\"no\"}";

  private final BedrockClients clients =
      BedrockClients.builder()
          .protocol(Protocol.HTTP1_1)
          .readTimeout(PATIENCE.multipliedBy(6))
          .build();
  private RawServer server;
  private BedrockAccount account;

  @BeforeEach
  void open() throws IOException {
    server = new RawServer((connection, head) -> false);
    account =
        BedrockAccount.staticKeys("main", "AKIAEXAMPLE", "secret", null)
            .withEndpoint(server.endpoint());
  }

  @AfterEach
  void close() throws IOException {
    clients.close();
    server.close();
  }

  private static Arguments wire(String what, Behaviour behaviour, String blocking, String stream) {
    return Arguments.of(what, behaviour, blocking, stream);
  }

  private static Behaviour raw(String bytes) {
    return (connection, head) -> {
      OutputStream out = connection.getOutputStream();
      out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return false;
    };
  }

  private static boolean wrongFrame(Socket connection, String head) throws IOException {
    Map<String, HeaderValue> headers =
        Map.of(
            ":message-type", HeaderValue.fromString("event"),
            ":event-type", HeaderValue.fromString("contentBlockDelta"),
            ":content-type", HeaderValue.fromString("application/json"));
    byte[] json = ("{\"delta\":{\"text\":" + CANARY).getBytes(StandardCharsets.UTF_8);
    OutputStream out = connection.getOutputStream();
    out.write(
        ("HTTP/1.1 200 OK\r\nConnection: close\r\n" + FRAMES_TYPE + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    new Message(headers, json).encode(out);
    out.flush();
    return false;
  }

  static Stream<Arguments> faults() {
    String unreadable = "MODEL_FAILED (UnreadableAnswer)";
    String cut = "MODEL_FAILED (TruncatedStream)";
    Stream<Arguments> pages =
        Stream.of("400", "401", "403", "404", "408", "413", "429", "500", "502", "503", "504")
            .map(
                status ->
                    wire(
                        "HTML " + status,
                        saying(status + " x", HTML_TYPE, HTML),
                        "UNAVAILABLE (Http" + status + ")",
                        "UNAVAILABLE (Http" + status + ")"));
    Stream<Arguments> others =
        Stream.of(
            wire(
                "a gateway's own JSON",
                saying("400 x", JSON_TYPE, "{\"code\":\"bad_request\",\"message\":\"no\"}"),
                "UNAVAILABLE (Http400)",
                "UNAVAILABLE (Http400)"),
            wire(
                "a Java gateway's own exception",
                saying(
                    "400 x",
                    JSON_TYPE,
                    "{\"code\":\"HttpMessageNotReadableException\",\"message\":\"no\"}"),
                "UNAVAILABLE (Http400)",
                "UNAVAILABLE (Http400)"),
            wire(
                "a code of the service with a proxy's status",
                saying("502 x", JSON_TYPE, VALIDATION),
                "UNAVAILABLE (ValidationException)",
                "UNAVAILABLE (ValidationException)"),
            wire(
                "a code of the service whose header a proxy dropped",
                saying("400 x", JSON_TYPE, VALIDATION),
                "REJECTED (ValidationException)",
                "REJECTED (ValidationException)"),
            wire(
                "400 without a word",
                saying("400 x", "", ""),
                "UNAVAILABLE (Http400)",
                "UNAVAILABLE (Http400)"),
            wire(
                "a redirect",
                saying("302 Found", "Location: http://127.0.0.1:1/login\r\n", ""),
                "UNAVAILABLE (Http302)",
                "UNAVAILABLE (Http302)"),
            wire(
                "a permanent redirect",
                saying("308 x", "Location: http://127.0.0.1:1/login\r\n", ""),
                "UNAVAILABLE (Http308)",
                "UNAVAILABLE (Http308)"),
            wire("200 {}", saying("200 OK", JSON_TYPE, "{}"), unreadable, cut),
            wire("200 empty", saying("200 OK", JSON_TYPE, ""), unreadable, cut),
            wire("204", saying("204 No Content", "", ""), unreadable, cut),
            wire("200 HTML", saying("200 OK", HTML_TYPE, HTML), unreadable, unreadable),
            wire(
                "200 wrong JSON",
                saying("200 OK", JSON_TYPE, "{\"choices\":[{\"message\":\"hi\"}]}"),
                unreadable,
                unreadable),
            wire(
                "200 half JSON",
                saying("200 OK", JSON_TYPE, RawServer.COMPLETION.substring(0, 40)),
                unreadable,
                unreadable),
            wire("200 a list", saying("200 OK", JSON_TYPE, "[1,2,3]"), unreadable, cut),
            wire(
                "200 wrong frames",
                saying("200 OK", FRAMES_TYPE, "x".repeat(400)),
                unreadable,
                unreadable),
            wire("200 garbage", saying("200 OK", JSON_TYPE, "{" + CANARY), unreadable, cut),
            wire("200 wrong JSON in a frame", WireFaultsTest::wrongFrame, unreadable, unreadable),
            wire(
                "200 cut off",
                raw("HTTP/1.1 200 OK\r\n" + JSON_TYPE + "Content-Length: 4000\r\n\r\n{\"output\":"),
                "DISCONNECTED (ConnectionClosedException)",
                "DISCONNECTED (Disconnected)"),
            wire(
                "closed without a word",
                (connection, head) -> false,
                "DISCONNECTED (NoHttpResponseException)",
                "DISCONNECTED (Disconnected)"),
            wire(
                "reset",
                (connection, head) -> {
                  connection.setSoLinger(true, 0);
                  return false;
                },
                "DISCONNECTED (SocketException)",
                "DISCONNECTED (SocketException)"),
            wire(
                "no HTTP at all",
                raw("SSH-2.0-OpenSSH_9.6\r\n"),
                "DISCONNECTED (NoHttpResponseException)",
                "UNAVAILABLE (IOException)"),
            wire(
                "60 KB header",
                saying(
                    "200 OK",
                    JSON_TYPE + "X-Large: " + "x".repeat(60_000) + "\r\n",
                    RawServer.COMPLETION),
                "an answer",
                "UNAVAILABLE (IOException)"));
    return Stream.concat(pages, others);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void meansForABlockingCall(String what, Behaviour behaviour, String blocking, String stream) {
    server.behave(behaviour);
    Throwable error =
        catchThrowable(
            () ->
                Simulated.within(
                    new Exchange(PATIENCE, false),
                    () -> clients.client(account, REGION).converse(Simulated.question())));
    assertThat(meaning(error)).isEqualTo(blocking);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void meansForAStream(String what, Behaviour behaviour, String blocking, String stream) {
    server.behave(behaviour);
    Throwable error = RecordedStream.of(clients.asyncClient(account, REGION)).failureToldOnce();
    assertThat(meaning(error)).isEqualTo(stream);
  }

  @Test
  void pageOfAProxyHasNoSayOnWhenTheServiceComesBack() {
    server.behave(saying("503 x", HTML_TYPE + "Retry-After: 60\r\n", HTML));
    Throwable blocking =
        catchThrowable(() -> clients.client(account, REGION).converse(Simulated.question()));
    Throwable stream = RecordedStream.of(clients.asyncClient(account, REGION)).failureToldOnce();
    for (Throwable error : List.of(blocking, stream)) {
      Failure failure = CLASSIFIER.classify(error).orElseThrow();
      assertThat(failure).hasToString("UNAVAILABLE (Http503)");
      assertThat(failure.retryAfter()).isNull();
    }
  }

  private static String meaning(Throwable error) {
    if (error == null) {
      return "an answer";
    }
    assertThat(error.toString() + Causes.of(error)).doesNotContain(CANARY);
    return CLASSIFIER.classify(error).map(Failure::toString).orElse("nobody knows");
  }
}
