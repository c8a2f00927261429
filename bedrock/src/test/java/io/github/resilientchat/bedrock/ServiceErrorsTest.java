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
import static io.github.resilientchat.core.failure.FailureKind.UNAUTHENTICATED;
import static io.github.resilientchat.core.failure.FailureKind.UNAVAILABLE;
import static io.github.resilientchat.core.failure.FailureKind.UNSUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.simulator.Fault;
import java.time.Duration;
import java.util.Optional;
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

  /** Without the advice, which the page of failures shows. */
  private static Optional<Failure> classify(Throwable error) {
    return CLASSIFIER
        .classify(error)
        .map(
            failure ->
                new Failure(
                    failure.kind(), failure.code(), failure.names(), failure.retryAfter(), null));
  }

  private static Arguments error(int status, String type, String message, FailureKind kind) {
    return Arguments.of(status, type, message, Failure.of(kind, type));
  }

  private static Arguments error(int status, String type, String message, Failure failure) {
    return Arguments.of(status, type, message, failure);
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
            503,
            "ServiceUnavailableException",
            "busy",
            Failure.of(NO_CAPACITY, "ServiceUnavailableException")),
        error(529, "overloaded_error", "Overloaded", Failure.of(NO_CAPACITY, "overloaded_error")),
        error(
            500,
            "InternalServerException",
            "oops",
            Failure.of(UNAVAILABLE, "InternalServerException")),
        error(502, "BadGateway", "proxy", Failure.of(UNAVAILABLE, "BadGateway")),
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
        error(403, denied, "You may not use the guardrail with an id of g1", deniedTarget(denied)),
        error(403, denied, "Not available in this Region", deniedTarget(denied)),
        error(
            403,
            denied,
            "You invoked an unsupported model or your request did not allow prompt caching.",
            UNSUPPORTED),
        error(403, denied, "Cache points are not allowed for this profile", UNSUPPORTED),
        error(
            403, denied, "The security token included in the request is expired", UNAUTHENTICATED),
        error(
            403,
            denied,
            "Your account has been suspended",
            Failure.of(NOT_PERMITTED, denied).naming(FailureDomain.ACCOUNT)),
        error(
            403,
            "OptInRequired",
            "opt in",
            Failure.of(NOT_PERMITTED, "OptInRequired").naming(FailureDomain.ACCOUNT)),
        error(403, "ExpiredTokenException", "token is expired", UNAUTHENTICATED),
        error(403, "RequestExpired", "too late", UNAUTHENTICATED),
        error(403, "UnrecognizedClientException", "token is invalid", UNAUTHENTICATED),
        error(403, "InvalidClientTokenId", "token is invalid", UNAUTHENTICATED),
        error(403, "InvalidSignatureException", "Signature expired: x", UNAUTHENTICATED),
        error(403, "SignatureDoesNotMatch", "signature", UNAUTHENTICATED),
        error(
            403,
            "InvalidSignatureException",
            "Credential should be scoped to a valid region.",
            deniedTarget("InvalidSignatureException")),
        error(400, "IncompleteSignature", "signature", UNAUTHENTICATED),
        error(400, invalid, "Operation not allowed", NOT_PERMITTED),
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
            "This action doesn't support the model that you provided. Try again with another.",
            MISCONFIGURED),
        error(
            400,
            invalid,
            "The maximum tokens you requested exceeds the model limit of 8192.",
            UNSUPPORTED),
        error(
            400,
            invalid,
            "max_tokens: 9000 > 8192, which is the maximum allowed number of output tokens for m",
            UNSUPPORTED),
        error(400, invalid, "This model doesn't support tool use.", UNSUPPORTED),
        error(400, invalid, "This model doesn\u2019t support system messages.", UNSUPPORTED),
        error(400, invalid, "This model does not support documents.", UNSUPPORTED),
        error(400, invalid, "Streaming is not supported for this model.", UNSUPPORTED),
        error(
            400,
            invalid,
            "Access to these models is not allowed from unsupported countries, regions, or"
                + " territories.",
            UNSUPPORTED),
        error(
            400,
            invalid,
            "`temperature` and `top_p` cannot both be specified for this model.",
            UNSUPPORTED),
        error(
            400,
            invalid,
            "Malformed input request: #: extraneous key [cachePoint] is not permitted",
            UNSUPPORTED),
        error(400, invalid, "A conversation must start with a user message.", REJECTED),
        error(400, "ConflictException", "conflict", REJECTED),
        error(418, "TeapotException", "short and stout", REJECTED),
        error(599, "StrangeException", "strange", Failure.of(UNAVAILABLE, "StrangeException")));
  }

  @ParameterizedTest
  @MethodSource("httpErrors")
  void errorOfABlockingCallMeans(int status, String type, String message, Failure expected)
      throws Exception {
    simulated.bedrock.fault(Fault.httpError(status, type, message));
    assertThat(classify(catchThrowable(simulated::ask))).contains(expected);
    assertThat(simulated.bedrock.awaitInvocations(1, PATIENCE)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("httpErrors")
  void errorBeforeAStreamMeansTheSame(int status, String type, String message, Failure expected)
      throws Exception {
    simulated.bedrock.fault(Fault.httpError(status, type, message));
    assertThat(classify(simulated.stream().failureToldOnce())).contains(expected);
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
            "serviceUnavailableException",
            "busy",
            Failure.of(NO_CAPACITY, "ServiceUnavailableException")),
        Arguments.of(
            "internalServerException", "oops", Failure.of(UNAVAILABLE, "InternalServerException")),
        Arguments.of(
            "modelStreamErrorException",
            "bad",
            Failure.of(MODEL_FAILED, "ModelStreamErrorException")),
        Arguments.of(invalid, "no such field", Failure.of(REJECTED, "ValidationException")),
        Arguments.of(
            invalid, "Input is too long for it", Failure.of(TOO_LONG, "ValidationException")),
        Arguments.of(
            "modelTimeoutException", "slow", Failure.of(TIMED_OUT, "ModelTimeoutException")),
        Arguments.of("brandNewException", "new", Failure.of(UNAVAILABLE, "BrandNewException")));
  }

  @ParameterizedTest
  @MethodSource("streamErrors")
  void exceptionInsideAStreamMeans(String type, String message, Failure expected) throws Exception {
    for (int afterFrames : new int[] {0, 3}) {
      simulated.bedrock.reset();
      simulated.bedrock.fault(Fault.streamException(afterFrames, type, message));
      assertThat(classify(simulated.stream().failureToldOnce())).contains(expected);
      assertThat(simulated.bedrock.awaitInvocations(1, PATIENCE)).hasSize(1);
    }
  }

  @Test
  void unmodelledErrorInsideAStreamIsReadByItsCode() {
    simulated.bedrock.fault(Fault.streamError(2, "InternalFailure", "oops"));
    assertThat(classify(simulated.stream().failureToldOnce()))
        .contains(Failure.of(UNAVAILABLE, "InternalFailure"));
  }

  @Test
  void wordOnWhenToComeBackIsKept() {
    simulated.bedrock.fault(
        Fault.httpError(429, "ThrottlingException", "slow").retryAfter(Duration.ofSeconds(7)));
    Failure expected =
        Failure.of(THROTTLED, "ThrottlingException").retryAfter(Duration.ofSeconds(7));
    assertThat(classify(catchThrowable(simulated::ask))).contains(expected);
    assertThat(classify(simulated.stream().failureToldOnce())).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, Long.MIN_VALUE})
  void wordThatLiesInThePastIsNoneAndHidesNothing(long seconds) {
    simulated.bedrock.fault(
        Fault.httpError(429, "ThrottlingException", "slow")
            .retryAfter(Duration.ofSeconds(seconds)));
    Failure expected = Failure.of(THROTTLED, "ThrottlingException");
    assertThat(classify(catchThrowable(simulated::ask))).contains(expected);
    assertThat(classify(simulated.stream().failureToldOnce())).contains(expected);
  }

  @Test
  void wordThatMeansNeverMeansADay() {
    simulated.bedrock.fault(
        Fault.httpError(429, "ThrottlingException", "slow")
            .retryAfter(Duration.ofSeconds(Long.MAX_VALUE)));
    Failure expected = Failure.of(THROTTLED, "ThrottlingException").retryAfter(Duration.ofDays(1));
    assertThat(classify(catchThrowable(simulated::ask))).contains(expected);
    assertThat(classify(simulated.stream().failureToldOnce())).contains(expected);
  }

  @Test
  void wrappersOfFrameworksAreSeenThrough() {
    simulated.bedrock.fault(Fault.httpError(424, "ModelErrorException", "bad"));
    Throwable error = catchThrowable(simulated::ask);
    assertThat(classify(new IllegalArgumentException("wrapped", new CompletionException(error))))
        .contains(Failure.of(MODEL_FAILED, "ModelErrorException"));
  }
}
