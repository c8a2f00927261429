package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static io.github.resilientchat.core.failure.FailureKind.MISCONFIGURED;
import static io.github.resilientchat.core.failure.FailureKind.MODEL_FAILED;
import static io.github.resilientchat.core.failure.FailureKind.NOT_PERMITTED;
import static io.github.resilientchat.core.failure.FailureKind.NOT_READY;
import static io.github.resilientchat.core.failure.FailureKind.NO_CAPACITY;
import static io.github.resilientchat.core.failure.FailureKind.QUOTA_EXHAUSTED;
import static io.github.resilientchat.core.failure.FailureKind.REJECTED;
import static io.github.resilientchat.core.failure.FailureKind.THROTTLED;
import static io.github.resilientchat.core.failure.FailureKind.TIMED_OUT;
import static io.github.resilientchat.core.failure.FailureKind.TOO_LONG;
import static io.github.resilientchat.core.failure.FailureKind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.simulator.Fault;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceErrorsTest {

  private static final FailureClassifier CLASSIFIER = FailureClassifier.discovered();
  private static final String DENIED =
      "User: arn:aws:sts::111122223333:assumed-role/app/x is not authorized to perform:"
          + " bedrock:InvokeModel on resource:"
          + " arn:aws:bedrock:us-east-2::foundation-model/m with an explicit deny in a service"
          + " control policy: arn:aws:organizations::999999999999:policy/o-1/p-1";

  private static Simulated simulated;

  @BeforeAll
  static void start() {
    simulated = Simulated.start();
  }

  @AfterAll
  static void stop() {
    simulated.close();
  }

  @AfterEach
  void heal() {
    simulated.bedrock.reset();
  }

  private static Arguments error(int status, String type, String message, FailureKind kind) {
    return Arguments.of(status, type, message, Failure.of(kind, type));
  }

  private static Arguments error(int status, String type, String message, Failure failure) {
    return Arguments.of(status, type, message, failure);
  }

  private static Failure overloaded(String code) {
    return Failure.of(NO_CAPACITY, code);
  }

  private static Failure broken(String code) {
    return Failure.of(UNAVAILABLE, code);
  }

  private static Failure deniedTarget(String code) {
    return Failure.of(NOT_PERMITTED, code).naming(FailureDomain.TARGET);
  }

  static Stream<Arguments> httpErrors() {
    String denied = "AccessDeniedException";
    String invalid = "ValidationException";
    return Stream.of(
        error(429, "ThrottlingException", "Too many requests, please wait.", THROTTLED),
        error(429, "ThrottlingException", "Too many tokens, please wait.", THROTTLED),
        error(400, "ThrottlingException", "Rate exceeded", THROTTLED),
        error(429, "TooManyRequestsException", "slow down", THROTTLED),
        error(
            429,
            "ThrottlingException",
            "Too many tokens per day, please wait before trying again.",
            QUOTA_EXHAUSTED),
        error(400, "ServiceQuotaExceededException", "quota", QUOTA_EXHAUSTED),
        error(429, "ModelNotReadyException", "loading", NOT_READY),
        error(
            503, "ServiceUnavailableException", "busy", overloaded("ServiceUnavailableException")),
        error(529, "overloaded_error", "Overloaded", overloaded("overloaded_error")),
        error(500, "InternalServerException", "oops", broken("InternalServerException")),
        error(502, "BadGateway", "proxy", broken("BadGateway")),
        error(408, "ModelTimeoutException", "slow", TIMED_OUT),
        error(424, "ModelErrorException", "bad", MODEL_FAILED),
        error(424, "ModelStreamErrorException", "bad", MODEL_FAILED),
        error(403, denied, "Account is not authorized", NOT_PERMITTED),
        error(403, denied, DENIED, deniedTarget(denied)),
        error(403, denied, "You don't have access to the model.", deniedTarget(denied)),
        error(
            403,
            denied,
            "Your AWS Marketplace subscription for this model cannot be completed",
            deniedTarget(denied)),
        error(
            403,
            "MPAgreementBeingCreated",
            "try again",
            deniedTarget("MPAgreementBeingCreated").retryAfter(Duration.ofMinutes(15))),
        error(403, "ExpiredTokenException", "token is expired", NOT_PERMITTED),
        error(403, "UnrecognizedClientException", "token is invalid", NOT_PERMITTED),
        error(403, "InvalidClientTokenId", "token is invalid", NOT_PERMITTED),
        error(403, "InvalidSignatureException", "signature", NOT_PERMITTED),
        error(400, "IncompleteSignature", "signature", NOT_PERMITTED),
        error(404, "ResourceNotFoundException", "no such model", MISCONFIGURED),
        error(404, "FTUFormNotFilled", "form", MISCONFIGURED),
        error(400, invalid, "The provided model identifier is invalid.", MISCONFIGURED),
        error(
            400,
            invalid,
            "Invocation of model ID m with on-demand throughput isn\u2019t supported. Retry",
            MISCONFIGURED),
        error(400, invalid, "Input is too long for requested model.", TOO_LONG),
        error(
            400,
            invalid,
            "The model returned the following errors: prompt is too long: 200049 tokens > 200000"
                + " maximum",
            TOO_LONG),
        error(
            400,
            invalid,
            "The maximum tokens you requested exceeds the model limit of 8192.",
            REJECTED),
        error(400, invalid, "This model doesn't support tool use.", REJECTED),
        error(400, "ConflictException", "conflict", REJECTED),
        error(418, "TeapotException", "short and stout", REJECTED),
        error(599, "StrangeException", "strange", broken("StrangeException")));
  }

  @ParameterizedTest
  @MethodSource("httpErrors")
  void errorOfABlockingCallMeans(int status, String type, String message, Failure expected)
      throws Exception {
    simulated.bedrock.fault(Fault.httpError(status, type, message));
    assertThat(CLASSIFIER.classify(catchThrowable(simulated::ask))).contains(expected);
    assertThat(simulated.bedrock.awaitInvocations(1, PATIENCE)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("httpErrors")
  void errorBeforeAStreamMeansTheSame(int status, String type, String message, Failure expected)
      throws Exception {
    simulated.bedrock.fault(Fault.httpError(status, type, message));
    assertThat(CLASSIFIER.classify(simulated.stream().failureToldOnce())).contains(expected);
    assertThat(simulated.bedrock.awaitInvocations(1, PATIENCE)).hasSize(1);
  }

  static Stream<Arguments> streamErrors() {
    String invalid = "validationException";
    return Stream.of(
        Arguments.of(
            "throttlingException",
            "Too many tokens, please wait.",
            Failure.of(THROTTLED, "ThrottlingException")),
        Arguments.of(
            "throttlingException",
            "Too many tokens per day.",
            Failure.of(QUOTA_EXHAUSTED, "ThrottlingException")),
        Arguments.of(
            "serviceUnavailableException", "busy", overloaded("ServiceUnavailableException")),
        Arguments.of("internalServerException", "oops", broken("InternalServerException")),
        Arguments.of(
            "modelStreamErrorException",
            "bad",
            Failure.of(MODEL_FAILED, "ModelStreamErrorException")),
        Arguments.of(invalid, "no such field", Failure.of(REJECTED, "ValidationException")),
        Arguments.of(
            invalid, "Input is too long for it", Failure.of(TOO_LONG, "ValidationException")),
        Arguments.of(
            "modelTimeoutException", "slow", Failure.of(TIMED_OUT, "ModelTimeoutException")),
        Arguments.of("brandNewException", "new", broken("BrandNewException")));
  }

  @ParameterizedTest
  @MethodSource("streamErrors")
  void exceptionInsideAStreamMeans(String type, String message, Failure expected) throws Exception {
    for (int afterFrames : new int[] {0, 3}) {
      simulated.bedrock.reset();
      simulated.bedrock.fault(Fault.streamException(afterFrames, type, message));
      assertThat(CLASSIFIER.classify(simulated.stream().failureToldOnce())).contains(expected);
      assertThat(simulated.bedrock.awaitInvocations(1, PATIENCE)).hasSize(1);
    }
  }

  @Test
  void unmodelledErrorInsideAStreamIsReadByItsCode() {
    simulated.bedrock.fault(Fault.streamError(2, "InternalFailure", "oops"));
    assertThat(CLASSIFIER.classify(simulated.stream().failureToldOnce()))
        .contains(broken("InternalFailure"));
  }

  @Test
  void wordOnWhenToComeBackIsKept() {
    simulated.bedrock.fault(
        Fault.httpError(429, "ThrottlingException", "slow").retryAfter(Duration.ofSeconds(7)));
    Failure expected =
        Failure.of(THROTTLED, "ThrottlingException").retryAfter(Duration.ofSeconds(7));
    assertThat(CLASSIFIER.classify(catchThrowable(simulated::ask))).contains(expected);
    assertThat(CLASSIFIER.classify(simulated.stream().failureToldOnce())).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, Long.MIN_VALUE})
  void wordThatLiesInThePastIsNoneAndHidesNothing(long seconds) {
    simulated.bedrock.fault(
        Fault.httpError(429, "ThrottlingException", "slow")
            .retryAfter(Duration.ofSeconds(seconds)));
    Failure expected = Failure.of(THROTTLED, "ThrottlingException");
    assertThat(CLASSIFIER.classify(catchThrowable(simulated::ask))).contains(expected);
    assertThat(CLASSIFIER.classify(simulated.stream().failureToldOnce())).contains(expected);
  }

  @Test
  void wordThatMeansNeverMeansADay() {
    simulated.bedrock.fault(
        Fault.httpError(429, "ThrottlingException", "slow")
            .retryAfter(Duration.ofSeconds(Long.MAX_VALUE)));
    Failure expected = Failure.of(THROTTLED, "ThrottlingException").retryAfter(Duration.ofDays(1));
    assertThat(CLASSIFIER.classify(catchThrowable(simulated::ask))).contains(expected);
    assertThat(CLASSIFIER.classify(simulated.stream().failureToldOnce())).contains(expected);
  }

  @Test
  void wrappersOfFrameworksAreSeenThrough() {
    simulated.bedrock.fault(Fault.httpError(424, "ModelErrorException", "bad"));
    Throwable error = catchThrowable(simulated::ask);
    assertThat(
            CLASSIFIER.classify(
                new IllegalArgumentException("wrapped", new CompletionException(error))))
        .contains(Failure.of(MODEL_FAILED, "ModelErrorException"));
  }
}
