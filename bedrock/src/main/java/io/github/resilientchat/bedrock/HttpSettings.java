package io.github.resilientchat.bedrock;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Protocol;

/**
 * How the shared HTTP clients connect.
 *
 * @param protocol of streaming calls, or null for HTTP/2 negotiated by TLS
 * @param maxConcurrency open streams per account and Region, and open blocking calls per account
 * @param maxStreamsPerConnection how many streams a lost HTTP/2 connection can end
 * @param proxy through which everything goes, or null for what the SDK does by itself
 */
record HttpSettings(
    @Nullable Protocol protocol,
    int maxConcurrency,
    int maxStreamsPerConnection,
    Duration connectTimeout,
    Duration readTimeout,
    @Nullable HttpProxy proxy) {

  // What sockets count in; the SDK overflows on more, and nobody waits for it.
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

  // Models may think for minutes before the first byte; the route's own timeouts are shorter.
  static final HttpSettings DEFAULTS =
      new HttpSettings(null, 500, 20, Duration.ofSeconds(2), Duration.ofMinutes(10), null);

  HttpSettings {
    requirePositive("maxConcurrency", maxConcurrency);
    requirePositive("maxStreamsPerConnection", maxStreamsPerConnection);
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("readTimeout", readTimeout);
    connectTimeout = atMostLongest(connectTimeout);
    readTimeout = atMostLongest(readTimeout);
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be positive: " + value);
    }
  }

  private static void requirePositive(String what, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(what + " must be positive: " + value);
    }
  }

  private static Duration atMostLongest(Duration value) {
    return value.compareTo(LONGEST) < 0 ? value : LONGEST;
  }
}
