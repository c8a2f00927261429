package io.github.resilientchat.autoconfigure.web;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application's web endpoints tell and are told.
 *
 * @param enabled Whether failed calls are answered with problem details, and answers say in headers
 *     what is left of the caller's limits.
 * @param requestHeaders What a request may ask of its calls in headers: 'timeout'
 *     (Resilient-Timeout: seconds), 'fallbacks' (Resilient-Fallbacks: off), 'session'
 *     (Resilient-Session: a name). Nothing when not set.
 */
@ConfigurationProperties("resilient.web")
record WebProperties(
    @DefaultValue("true") boolean enabled, @DefaultValue Set<Asked> requestHeaders) {

  /** What a request may ask. */
  enum Asked {
    TIMEOUT,
    FALLBACKS,
    SESSION
  }
}
