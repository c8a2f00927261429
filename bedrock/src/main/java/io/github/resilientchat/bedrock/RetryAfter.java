package io.github.resilientchat.bedrock;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The service's own word on when to come back; Bedrock documents none, but a proxy may add it. */
final class RetryAfter {

  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

  private RetryAfter() {}

  static Optional<Duration> of(@Nullable AwsErrorDetails details) {
    SdkHttpResponse response = details == null ? null : details.sdkHttpResponse();
    if (response == null) {
      return Optional.empty();
    }
    return number(response, "Retry-After")
        .map(Duration::ofSeconds)
        .or(() -> number(response, "x-amz-retry-after").map(Duration::ofMillis));
  }

  private static Optional<Long> number(SdkHttpResponse response, String header) {
    return response
        .firstMatchingHeader(header)
        .map(String::trim)
        .filter(value -> NUMBER.matcher(value).matches())
        .map(Long::valueOf);
  }
}
