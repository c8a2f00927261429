package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.AnswerRule.Answers.coded;
import static io.github.resilientchat.core.failure.FailureDomain.ACCOUNT;
import static io.github.resilientchat.core.failure.FailureDomain.TARGET;
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

import io.github.resilientchat.bedrock.AnswerRule.Answers;
import io.github.resilientchat.core.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What the answers mean that Bedrock, or somebody in its place, gives instead of a completion. */
final class ServiceErrors {

  /** Of an answer without a code of the service, whatever its status. */
  static final Meaning NOT_FROM_THE_SERVICE =
      Meaning.of(
          UNAVAILABLE,
          "something between here and Bedrock answered: check the account's endpoint, proxies and"
              + " load balancers");

  private static final String ERROR_TYPE = "x-amzn-ErrorType";
  private static final String FRAME_TYPE = ":message-type";
  private static final Pattern PLAUSIBLE_CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,79}");

  // An agreement with a model's provider takes minutes to come into force.
  private static final Duration AGREEMENT_DELAY = Duration.ofMinutes(15);

  private static final String QUOTA_ADVICE =
      "raise the quota of the account in this Region, or add an account or a Region to the route";
  private static final Answers THROTTLES =
      coded(
              "ThrottlingException",
              "ThrottledException",
              "TooManyRequestsException",
              "RequestLimitExceeded")
          .or(429);
  private static final Answers SIGNATURES =
      coded("InvalidSignatureException", "SignatureDoesNotMatch", "RequestTimeTooSkewed");
  private static final Answers DENIALS = coded("AccessDeniedException").or(403);
  private static final Answers INVALID = coded("ValidationException").or(400, 499);

  /** The first line that fits holds. */
  static final List<AnswerRule> TABLE =
      List.of(
          THROTTLES.saying(MessageHints.DAILY, Meaning.of(QUOTA_EXHAUSTED, QUOTA_ADVICE)),
          THROTTLES.mean(THROTTLED),
          coded("ServiceQuotaExceededException").mean(Meaning.of(QUOTA_EXHAUSTED, QUOTA_ADVICE)),
          coded("ModelNotReadyException").mean(NOT_READY),
          coded("ServiceUnavailableException", "overloaded_error").or(503).mean(NO_CAPACITY),
          coded().or(529).mean(NO_CAPACITY),
          coded("InternalServerException", "InternalServerError", "InternalFailure")
              .or(500, 599)
              .mean(UNAVAILABLE),
          coded("ModelTimeoutException", "RequestTimeoutException").or(408).mean(TIMED_OUT),
          coded("ModelErrorException", "ModelStreamErrorException").or(424).mean(MODEL_FAILED),
          SIGNATURES.saying(
              MessageHints.WRONG_REGION,
              Meaning.of(
                  NOT_PERMITTED,
                  TARGET,
                  "the endpoint belongs to another Region: check resilient.accounts.<name>.endpoint,"
                      + " or set resilient.accounts.<name>.endpoints.<Region without dashes>")),
          SIGNATURES.mean(
              Meaning.of(
                  UNAUTHENTICATED, "check the clock of this machine and the account's secret key")),
          coded(
                  "ExpiredTokenException",
                  "ExpiredToken",
                  "RequestExpired",
                  "UnrecognizedClientException",
                  "InvalidClientTokenId",
                  "IncompleteSignature",
                  "MissingAuthenticationToken")
              .or(401)
              .mean(
                  Meaning.of(
                      UNAUTHENTICATED,
                      "check the keys or the profile of resilient.accounts.<name>")),
          DENIALS.saying(
              MessageHints.BAD_TOKEN,
              Meaning.of(
                  UNAUTHENTICATED, "check the keys or the profile of resilient.accounts.<name>")),
          coded("OptInRequired", "AccountProblem", "SubscriptionRequiredException")
              .mean(Meaning.of(NOT_PERMITTED, ACCOUNT, "ask AWS about the account")),
          DENIALS.saying(
              MessageHints.ACCOUNT_OUT,
              Meaning.of(NOT_PERMITTED, ACCOUNT, "ask AWS about the account")),
          coded("MPAgreementBeingCreated").mean(agreementPending()),
          DENIALS.saying(MessageHints.AGREEMENT, agreementPending()),
          DENIALS.saying(
              MessageHints.NO_CACHE,
              Meaning.of(
                  UNSUPPORTED,
                  "this model has no cache for what the request marks: say so with cache-points in"
                      + " resilient.models.<name>.lacks")),
          DENIALS.saying(
              MessageHints.ONE_RESOURCE,
              Meaning.of(
                  NOT_PERMITTED,
                  TARGET,
                  "allow the account's role bedrock:InvokeModel* on this model in every Region of its"
                      + " profile, and check access to the model")),
          DENIALS.mean(
              Meaning.of(NOT_PERMITTED, "check the policies of the account's role for Bedrock")),
          coded("FTUFormNotFilled")
              .mean(
                  Meaning.of(
                      MISCONFIGURED,
                      "fill in the provider's use-case form in the account's Bedrock console")),
          coded("ResourceNotFoundException")
              .or(404)
              .mean(
                  Meaning.of(
                      MISCONFIGURED,
                      "check resilient.models.<name>.id: the service does not know it in this"
                          + " Region, or it is retired")),
          INVALID.saying(MessageHints.TOO_LONG, Meaning.of(TOO_LONG)),
          INVALID.saying(
              MessageHints.WRONG_TARGET,
              Meaning.of(
                  MISCONFIGURED,
                  "check resilient.models.<name>.id: it cannot be called so in this Region; most"
                      + " models need an inference profile's id")),
          INVALID.saying(
              MessageHints.NOT_ENABLED,
              Meaning.of(NOT_PERMITTED, "check that the account may use the model in this Region")),
          INVALID.saying(
              MessageHints.MODEL_CANNOT,
              Meaning.of(
                  UNSUPPORTED,
                  "this model cannot do what the request asks; say so in"
                      + " resilient.models.<name>.capabilities or max-tokens")),
          INVALID.mean(REJECTED));

  private ServiceErrors() {}

  static Failure failureOf(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    Optional<String> code = Optional.ofNullable(details).flatMap(ServiceErrors::codeOf);
    Meaning meaning = code.map(own -> meaning(own, error, details)).orElse(NOT_FROM_THE_SERVICE);
    Failure failure =
        meaning.failure(code.map(ServiceErrors::spelled).orElse("Http" + error.statusCode()));
    // A stranger's word on when to come back is none of the service's.
    return meaning == NOT_FROM_THE_SERVICE
        ? failure
        : RetryAfter.of(details).map(failure::retryAfter).orElse(failure);
  }

  private static Meaning meaning(
      String code, AwsServiceException error, @Nullable AwsErrorDetails details) {
    String text = details == null ? error.getMessage() : details.errorMessage();
    int status = error.statusCode();
    return ruleOf(code, status, text)
        .map(AnswerRule::means)
        .filter(means -> means.kind() != REJECTED || blamesRequest(status) || isInStream(details))
        .orElse(NOT_FROM_THE_SERVICE);
  }

  /** The line that an answer is read by. */
  static Optional<AnswerRule> ruleOf(String code, int status, @Nullable String message) {
    boolean known = isKnown(code);
    String text = lower(message);
    return TABLE.stream()
        .filter(rule -> known ? rule.knows(code) : rule.covers(status))
        .filter(rule -> rule.speaksOf(text))
        .findFirst();
  }

  private static boolean blamesRequest(int status) {
    return status >= 400 && status < 500;
  }

  private static boolean isKnown(String code) {
    return TABLE.stream().anyMatch(rule -> rule.knows(code));
  }

  /** The service's own: gateways write codes, too, but neither those nor their header. */
  private static Optional<String> codeOf(AwsErrorDetails details) {
    return Optional.ofNullable(details.errorCode())
        .filter(code -> PLAUSIBLE_CODE.matcher(code).matches())
        .filter(code -> isKnown(code) || has(ERROR_TYPE, details) || isInStream(details));
  }

  /** What begins a stream was the service's; the SDK shows a frame's headers as the answer's. */
  private static boolean isInStream(@Nullable AwsErrorDetails details) {
    return has(FRAME_TYPE, details);
  }

  private static boolean has(String header, @Nullable AwsErrorDetails details) {
    return details != null
        && details.sdkHttpResponse() != null
        && details.sdkHttpResponse().firstMatchingHeader(header).isPresent();
  }

  private static Meaning agreementPending() {
    return new Meaning(
        NOT_PERMITTED,
        TARGET,
        AGREEMENT_DELAY,
        "wait for the agreement with the model's provider, or accept it in the account's console");
  }

  /** Upper camel case everywhere, so that a failure has one code before and inside a stream. */
  private static String spelled(String code) {
    return code.endsWith("Exception")
        ? Character.toUpperCase(code.charAt(0)) + code.substring(1)
        : code;
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
  }
}
