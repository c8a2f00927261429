package io.github.resilientchat.bedrock;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The service's own word on when to come back; Bedrock documents none, but a proxy may add it. At
 * most a day; what lies in the past or means nothing is no word at all.
 */
final class RetryAfter {

  static final String SECONDS = "Retry-After";
  static final String MILLIS = "x-amz-retry-after";

  private static final Duration LONGEST = Duration.ofDays(1);

  // Longer ones are nobody's word.
  private static final Pattern NUMBER = Pattern.compile("\\+?(\\d{1,60}(?:\\.\\d{1,60})?)");

  private RetryAfter() {}

  static Optional<Duration> of(@Nullable AwsErrorDetails details) {
    SdkHttpResponse response = details == null ? null : details.sdkHttpResponse();
    if (response == null) {
      return Optional.empty();
    }
    return number(response, SECONDS, ChronoUnit.SECONDS)
        .or(() -> date(response))
        .or(() -> number(response, MILLIS, ChronoUnit.MILLIS))
        .map(wait -> wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
  }

  private static Optional<Duration> number(
      SdkHttpResponse response, String header, TemporalUnit unit) {
    return response
        .firstMatchingHeader(header)
        .map(value -> NUMBER.matcher(value.trim()))
        .filter(number -> number.matches())
        .map(number -> times(new BigDecimal(number.group(1)), unit))
        .filter(wait -> !wait.isZero());
  }

  private static Duration times(BigDecimal number, TemporalUnit unit) {
    BigDecimal nanos = number.multiply(BigDecimal.valueOf(unit.getDuration().toNanos()));
    return Duration.ofNanos(nanos.min(BigDecimal.valueOf(LONGEST.toNanos())).longValue());
  }

  /** Reckoned from the answer's own date, so that no clock of ours has a say. */
  private static Optional<Duration> date(SdkHttpResponse response) {
    return date(response, SECONDS)
        .flatMap(then -> date(response, "Date").map(now -> Duration.between(now, then)))
        .filter(wait -> !wait.isZero() && !wait.isNegative());
  }

  private static Optional<ZonedDateTime> date(SdkHttpResponse response, String header) {
    return response
        .firstMatchingHeader(header)
        .flatMap(
            value -> {
              try {
                return Optional.of(
                    ZonedDateTime.parse(value.trim(), DateTimeFormatter.RFC_1123_DATE_TIME));
              } catch (DateTimeException noDate) {
                return Optional.empty();
              }
            });
  }
}
