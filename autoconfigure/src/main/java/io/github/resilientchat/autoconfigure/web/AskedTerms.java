package io.github.resilientchat.autoconfigure.web;

import io.github.resilientchat.autoconfigure.web.WebProperties.Asked;
import io.github.resilientchat.core.RequestTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of its calls, as far as the application lets it.
 *
 * @param timeLimit for the request, or null
 */
record AskedTerms(@Nullable Duration timeLimit, RequestTerms terms) {

  private static final String TIMEOUT = "Resilient-Timeout";
  private static final String FALLBACKS = "Resilient-Fallbacks";
  private static final String SESSION = "Resilient-Session";
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}(\\.\\d{1,3})?");
  private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,200}");

  /**
   * Reads the headers that count.
   *
   * @param values of a header, in their order
   * @throws InvalidRequestHeaderException if one of them cannot be read
   */
  static AskedTerms in(Function<String, List<String>> values, Set<Asked> allowed) {
    @Nullable String timeout = allowed.contains(Asked.TIMEOUT) ? only(TIMEOUT, values) : null;
    @Nullable String fallbacks = allowed.contains(Asked.FALLBACKS) ? only(FALLBACKS, values) : null;
    @Nullable String session = allowed.contains(Asked.SESSION) ? only(SESSION, values) : null;
    if (session != null && !NAME.matcher(session).matches()) {
      throw new InvalidRequestHeaderException(
          SESSION + " must be a name of 1 to 200 visible ASCII characters");
    }
    return new AskedTerms(
        timeout == null ? null : seconds(timeout),
        new RequestTerms(fallbacks == null || isOn(fallbacks), session));
  }

  private static @Nullable String only(String header, Function<String, List<String>> values) {
    List<String> all = values.apply(header);
    if (all.size() > 1) {
      throw new InvalidRequestHeaderException(header + " came " + all.size() + " times");
    }
    return all.isEmpty() ? null : all.get(0).strip();
  }

  private static Duration seconds(String text) {
    if (SECONDS.matcher(text).matches()) {
      Duration limit = Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue());
      if (!limit.isZero()) {
        return limit;
      }
    }
    throw new InvalidRequestHeaderException(TIMEOUT + " must be a number of seconds, such as 2.5");
  }

  private static boolean isOn(String text) {
    if (text.equals("on") || text.equals("off")) {
      return text.equals("on");
    }
    throw new InvalidRequestHeaderException(FALLBACKS + " must be on or off");
  }
}
