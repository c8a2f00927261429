package io.github.resilientchat.autoconfigure.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How answers tell what is left.
 *
 * @param headers Headers that tell a caller what is left of her limits: 'draft' (RateLimit and
 *     RateLimit-Policy, the IETF's draft), 'legacy' (X-RateLimit-Remaining-Requests and its
 *     siblings), or 'off'.
 */
@ConfigurationProperties("resilient.quotas")
record QuotaHeadersProperties(@DefaultValue("draft") Form headers) {

  /** The headers' form. */
  enum Form {
    DRAFT,
    LEGACY,
    OFF
  }
}
