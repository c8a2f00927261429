package io.github.resilientchat.simulator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells from a request's headers who calls, and whether the keys still hold. */
final class Callers {

  // SigV4: "AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, ..."
  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([^/,\\s]+)/\\d{8}/([^/,\\s]+)/(bedrock|sts)/aws4_request");

  private static final String BEARER = "Bearer sim-";

  /** A bearer token names no Region, so its calls count as calls to this one. */
  private static final String BEARER_REGION = "us-east-1";

  private final Roles roles;

  Callers(Roles roles) {
    this.roles = roles;
  }

  /** Who is named, though the keys may no longer hold. */
  Optional<Caller> named(@Nullable String authorization) {
    if (authorization == null) {
      return Optional.empty();
    }
    if (authorization.startsWith(BEARER)) {
      return Accounts.named(authorization.substring(BEARER.length()))
          .map(account -> new Caller(account, BEARER_REGION));
    }
    Matcher credential = CREDENTIAL.matcher(authorization);
    if (!credential.find()) {
      return Optional.empty();
    }
    String key = credential.group(1);
    return roles
        .session(key)
        .map(session -> session.role().account())
        .or(() -> Accounts.ofAccessKey(key))
        .map(account -> new Caller(account, credential.group(2)));
  }

  /** The session whose keys signed, if they are of one. */
  Optional<Session> session(@Nullable String authorization) {
    Matcher credential = CREDENTIAL.matcher(authorization == null ? "" : authorization);
    return credential.find() ? roles.session(credential.group(1)) : Optional.empty();
  }

  /** Twelve digits of the account that is named. */
  String accountId(@Nullable String authorization) {
    return session(authorization)
        .map(session -> session.role().accountId())
        .or(() -> named(authorization).map(Caller::account).map(Accounts::id))
        .orElse("");
  }

  /** Throws {@link Refused} when nobody is named, or by keys that do not hold. */
  Caller require(@Nullable String authorization, @Nullable String token) {
    Caller caller = named(authorization).orElseThrow(() -> new Refused(ApiError.unknownCaller()));
    session(authorization).ifPresent(session -> requireValid(session, token));
    return caller;
  }

  private void requireValid(Session session, @Nullable String token) {
    if (!session.token().equals(token)) {
      throw new Refused(ApiError.unknownCaller());
    }
    if (roles.isExpired(session)) {
      throw new Refused(ApiError.expiredToken());
    }
  }

  /** Throws {@link Refused} when the caller's session was revoked. */
  void requireAllowed(@Nullable String authorization, String action, String resource) {
    session(authorization)
        .filter(roles::isRevoked)
        .ifPresent(
            session -> {
              throw new Refused(ApiError.denied(session.arn(), action, resource));
            });
  }
}
