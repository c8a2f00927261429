package io.github.resilientchat.bedrock;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Protocol;

/**
 * How the shared HTTP clients connect.
 *
 * @param protocol of streaming calls, or null for HTTP/2 negotiated by TLS
 * @param maxConcurrency open streams per account and Region, and open blocking calls over all
 */
record HttpSettings(
    @Nullable Protocol protocol,
    int maxConcurrency,
    Duration connectTimeout,
    Duration readTimeout) {

  // Models may think for minutes before the first byte; the route's own timeouts are shorter.
  static final HttpSettings DEFAULTS =
      new HttpSettings(null, 500, Duration.ofSeconds(2), Duration.ofMinutes(10));

  HttpSettings {
    if (maxConcurrency < 1) {
      throw new IllegalArgumentException("maxConcurrency must be positive: " + maxConcurrency);
    }
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("readTimeout", readTimeout);
  }

  private static void requirePositive(String what, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(what + " must be positive: " + value);
    }
  }
}
