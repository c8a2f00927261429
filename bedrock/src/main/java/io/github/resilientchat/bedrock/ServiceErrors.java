package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.failure.FailureKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What the answers mean that Bedrock gives instead of a completion. */
final class ServiceErrors {

  private static final Pattern PLAUSIBLE_CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,79}");

  // An agreement with a model's provider takes minutes to come into force.
  private static final Duration AGREEMENT_DELAY = Duration.ofMinutes(15);

  private ServiceErrors() {}

  static Failure failureOf(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    String code = codeOf(details, error.statusCode());
    String text = lower(details == null ? error.getMessage() : details.errorMessage());
    Failure failure = byCode(code, text).orElseGet(() -> byStatus(error.statusCode(), code, text));
    return RetryAfter.of(details).map(failure::retryAfter).orElse(failure);
  }

  private static Optional<Failure> byCode(String code, String text) {
    @Nullable Failure failure =
        switch (lower(code).replaceFirst("exception$", "")) {
          case "throttling", "throttled", "toomanyrequests", "requestlimitexceeded" ->
              throttled(code, text);
          case "servicequotaexceeded" -> Failure.of(FailureKind.QUOTA_EXHAUSTED, code);
          case "modelnotready" -> Failure.of(FailureKind.NOT_READY, code);
          case "serviceunavailable", "overloaded_error" -> overloaded(code);
          case "internalserver", "internalservererror", "internalfailure" -> broken(code);
          case "modeltimeout", "requesttimeout" -> Failure.of(FailureKind.TIMED_OUT, code);
          case "modelerror", "modelstreamerror" -> Failure.of(FailureKind.MODEL_FAILED, code);
          case "accessdenied" -> denied(code, text);
          case "mpagreementbeingcreated" -> agreementPending(code);
          case "expiredtoken",
              "unrecognizedclient",
              "invalidclienttokenid",
              "invalidsignature",
              "signaturedoesnotmatch",
              "incompletesignature",
              "missingauthenticationtoken",
              "requestexpired",
              "optinrequired" ->
              Failure.of(FailureKind.NOT_PERMITTED, code);
          case "resourcenotfound", "ftuformnotfilled" ->
              Failure.of(FailureKind.MISCONFIGURED, code);
          case "validation" -> invalid(code, text);
          default -> null;
        };
    return Optional.ofNullable(failure);
  }

  private static Failure byStatus(int status, String code, String text) {
    return switch (status) {
      case 400, 413 -> invalid(code, text);
      case 401 -> Failure.of(FailureKind.NOT_PERMITTED, code);
      case 403 -> denied(code, text);
      case 404 -> Failure.of(FailureKind.MISCONFIGURED, code);
      case 408 -> Failure.of(FailureKind.TIMED_OUT, code);
      case 424 -> Failure.of(FailureKind.MODEL_FAILED, code);
      case 429 -> throttled(code, text);
      case 503, 529 -> overloaded(code);
      default -> status >= 400 && status < 500 ? invalid(code, text) : broken(code);
    };
  }

  /**
   * "Too many tokens per day" is also what an account without any quota gets; another model of the
   * account and Region draws on the same daily quota.
   */
  private static Failure throttled(String code, String text) {
    boolean daily = text.contains("per day");
    return Failure.of(daily ? FailureKind.QUOTA_EXHAUSTED : FailureKind.THROTTLED, code);
  }

  /** A lack of capacity is shared by all accounts and says nothing about the target's health. */
  private static Failure overloaded(String code) {
    return Failure.of(FailureKind.NO_CAPACITY, code);
  }

  private static Failure broken(String code) {
    return Failure.of(FailureKind.UNAVAILABLE, code);
  }

  /**
   * Denied for one model, profile or Region, the account may well serve others: a service control
   * policy denies a call for any one of the profile's destinations.
   */
  private static Failure denied(String code, String text) {
    Failure denied = Failure.of(FailureKind.NOT_PERMITTED, code);
    if (text.contains("agreement")) {
      return agreementPending(code);
    }
    return MessageHints.DENIES_ONE_MODEL.in(text) ? denied.naming(FailureDomain.TARGET) : denied;
  }

  private static Failure agreementPending(String code) {
    return Failure.of(FailureKind.NOT_PERMITTED, code)
        .naming(FailureDomain.TARGET)
        .retryAfter(AGREEMENT_DELAY);
  }

  private static Failure invalid(String code, String text) {
    if (MessageHints.TOO_LONG.in(text)) {
      return Failure.of(FailureKind.TOO_LONG, code);
    }
    boolean target = MessageHints.WRONG_TARGET.in(text);
    return Failure.of(target ? FailureKind.MISCONFIGURED : FailureKind.REJECTED, code);
  }

  /** Upper camel case everywhere, so that a failure has one code before and inside a stream. */
  private static String codeOf(@Nullable AwsErrorDetails details, int status) {
    String code = details == null ? null : details.errorCode();
    if (code == null || !PLAUSIBLE_CODE.matcher(code).matches()) {
      return "Http" + status;
    }
    return code.endsWith("Exception")
        ? Character.toUpperCase(code.charAt(0)) + code.substring(1)
        : code;
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
