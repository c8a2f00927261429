package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.RawServer.saying;
import static io.github.resilientchat.bedrock.Simulated.REGION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.http.Protocol;

/** What is wrong with credentials now, and would be right at the next try. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the helper is a shell script")
class PassingCredentialsTest {

  private static final FailureClassifier CLASSIFIER = FailureClassifier.discovered();
  private static final Duration SKEW = Duration.ofMinutes(12);
  private static final Pattern SIGNED = Pattern.compile("(?i)x-amz-date: (\\w+)");
  private static final Pattern KEY = Pattern.compile("Credential=AKIA(\\d+)/");

  @TempDir Path home;

  private final BedrockClients clients =
      BedrockClients.builder().protocol(Protocol.HTTP1_1).build();
  private RawServer server;

  @BeforeEach
  void open() throws IOException {
    server = new RawServer(RawServer.completion());
  }

  @AfterEach
  void close() throws IOException {
    SdkGlobalTime.setGlobalTimeOffset(0);
    System.clearProperty("aws.configFile");
    System.clearProperty("aws.sharedCredentialsFile");
    clients.close();
    server.close();
  }

  /** Of a helper that counts how often it was asked; these lines may use the count as $n. */
  private BedrockAccount accountOf(String... lines) throws IOException {
    Path helper = home.resolve("helper.sh");
    Path count = home.resolve("count");
    Files.writeString(
        helper,
        "n=$(($(cat %1$s 2>/dev/null || echo 0) + 1))\necho $n > %1$s\n".formatted(count)
            + String.join("\n", lines)
            + "\necho '{\"Version\":1,\"AccessKeyId\":\"AKIA'$n'\",\"SecretAccessKey\":\"s\","
            + "\"SessionToken\":\"t\",\"Expiration\":\"2136-01-01T00:00:00Z\"}'\n");
    Path config = home.resolve("config");
    Files.writeString(config, "[profile genai]\ncredential_process = sh " + helper + "\n");
    System.setProperty("aws.configFile", config.toString());
    System.setProperty("aws.sharedCredentialsFile", home.resolve("none").toString());
    return BedrockAccount.profile("main", "genai").withEndpoint(server.endpoint());
  }

  private Throwable call(BedrockAccount account) {
    return catchThrowable(() -> clients.client(account, REGION).converse(Simulated.question()));
  }

  /** The answer is no stream, so that one that got through ends as cut off. */
  private Throwable stream(BedrockAccount account) {
    return RecordedStream.of(clients.asyncClient(account, REGION)).failureToldOnce();
  }

  private static FailureKind kindOf(Throwable error) {
    return CLASSIFIER.classify(error).map(Failure::kind).orElseThrow();
  }

  @Test
  void helperThatFailedOnceIsAskedAgain() throws IOException {
    BedrockAccount account = accountOf("[ $n = 1 ] && exit 1");
    assertThat(kindOf(call(account))).isEqualTo(FailureKind.UNAUTHENTICATED);
    assertThat(server.requests()).isZero();
    assertThat(call(account)).isNull();
  }

  @Test
  void helperThatFailedOnceIsAskedAgainByStreams() throws IOException {
    BedrockAccount account = accountOf("[ $n = 1 ] && exit 1");
    assertThat(kindOf(stream(account))).isEqualTo(FailureKind.UNAUTHENTICATED);
    assertThat(kindOf(stream(account))).isEqualTo(FailureKind.MODEL_FAILED);
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void keysThatWereRefusedAreNotUsedAgain() throws IOException {
    BedrockAccount account = accountOf();
    refuse(List.of("1", "2"), "ExpiredTokenException");
    assertThat(kindOf(call(account))).isEqualTo(FailureKind.UNAUTHENTICATED);
    assertThat(kindOf(stream(account))).isEqualTo(FailureKind.UNAUTHENTICATED);
    assertThat(call(account)).isNull();
    assertThat(call(account)).isNull();
    assertThat(Files.readString(home.resolve("count"))).isEqualTo("3\n");
  }

  @Test
  void keysThatWereDeniedSomethingAreKept() throws IOException {
    BedrockAccount account = accountOf();
    refuse(List.of("1"), "AccessDeniedException");
    assertThat(kindOf(call(account))).isEqualTo(FailureKind.NOT_PERMITTED);
    assertThat(kindOf(call(account))).isEqualTo(FailureKind.NOT_PERMITTED);
    assertThat(Files.readString(home.resolve("count"))).isEqualTo("1\n");
  }

  private void refuse(List<String> keys, String code) {
    server.behave(
        (connection, head) -> {
          Matcher key = KEY.matcher(head);
          boolean refused = key.find() && keys.contains(key.group(1));
          return (refused
                  ? saying("403 x", "x-amzn-ErrorType: " + code + "\r\n", "{\"message\":\"no\"}")
                  : RawServer.completion())
              .answer(connection, head);
        });
  }

  @Test
  void clockThatIsOffIsLearntForTheNextTryOfCallsAndStreams() {
    BedrockAccount account =
        BedrockAccount.staticKeys("main", "AKIA1", "s", null).withEndpoint(server.endpoint());
    server.behave(
        (connection, head) -> {
          Instant now = Instant.now().plus(SKEW);
          Matcher signed = SIGNED.matcher(head);
          boolean late =
              !signed.find()
                  || Duration.between(instant(signed.group(1)), now).compareTo(SKEW.dividedBy(2))
                      > 0;
          String date =
              "Date: "
                  + DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC))
                  + "\r\n";
          return (late
                  ? saying(
                      "403 x",
                      date + "x-amzn-ErrorType: InvalidSignatureException\r\n",
                      "{\"message\":\"Signature expired: too old\"}")
                  : RawServer.completion())
              .answer(connection, head);
        });
    assertThat(kindOf(call(account))).isEqualTo(FailureKind.UNAUTHENTICATED);
    assertThat(call(account)).isNull();
    // New clients begin with what others have learnt.
    SdkGlobalTime.setGlobalTimeOffset(0);
    assertThat(kindOf(stream(account))).isEqualTo(FailureKind.UNAUTHENTICATED);
    assertThat(kindOf(stream(account))).isEqualTo(FailureKind.MODEL_FAILED);
  }

  private static Instant instant(String amzDate) {
    return LocalDateTime.parse(amzDate, DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'"))
        .toInstant(ZoneOffset.UTC);
  }

  @Test
  void wordOnWhenToComeBackHidesNothingInAnyForm() {
    BedrockAccount account =
        BedrockAccount.staticKeys("main", "AKIA1", "s", null).withEndpoint(server.endpoint());
    for (String word :
        List.of("1.5", "-1", "-1.5", "soon", "", "Sat, 28 Nov 2026 23:59:59 GMT", "1e99")) {
      server.behave(
          saying(
              "429 x",
              "x-amzn-ErrorType: ThrottlingException\r\nRetry-After: " + word + "\r\n",
              "{\"message\":\"slow\"}"));
      assertThat(kindOf(call(account))).as(word).isEqualTo(FailureKind.THROTTLED);
      assertThat(kindOf(stream(account))).as(word).isEqualTo(FailureKind.THROTTLED);
    }
  }
}
