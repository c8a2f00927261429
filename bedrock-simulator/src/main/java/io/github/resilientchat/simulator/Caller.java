package io.github.resilientchat.simulator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who calls and from which source Region, as the Authorization header says. */
record Caller(String account, String region) {

  /** Stands in the log for a call whose credentials named no account. */
  static final Caller UNKNOWN = new Caller("unknown", "unknown");

  // SigV4: "AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, ..."
  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([^/,\\s]+)/\\d{8}/([^/,\\s]+)/bedrock/aws4_request");

  private static final String BEARER = "Bearer sim-";

  /** A bearer token names no Region, so its calls count as calls to this one. */
  private static final String BEARER_REGION = "us-east-1";

  static Optional<Caller> of(@Nullable String authorization) {
    if (authorization == null) {
      return Optional.empty();
    }
    if (authorization.startsWith(BEARER)) {
      return Accounts.named(authorization.substring(BEARER.length()))
          .map(account -> new Caller(account, BEARER_REGION));
    }
    Matcher credential = CREDENTIAL.matcher(authorization);
    return credential.find()
        ? Accounts.ofAccessKey(credential.group(1))
            .map(account -> new Caller(account, credential.group(2)))
        : Optional.empty();
  }
}
