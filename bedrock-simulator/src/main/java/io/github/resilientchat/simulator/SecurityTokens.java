package io.github.resilientchat.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The security token service: AssumeRole, AssumeRoleWithWebIdentity and GetCallerIdentity, in the
 * query protocol.
 */
final class SecurityTokens {

  private static final int SHORTEST = 900;
  private static final int LONGEST = 43_200;
  private static final int LONGEST_CHAINED = 3_600;
  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

  /** A session policy and fifty tags fit (2048 and 50 x 384 characters). */
  private static final int LARGEST = 128 * 1024;

  private final Bedrock bedrock;

  SecurityTokens(Bedrock bedrock) {
    this.bedrock = bedrock;
  }

  static boolean isMeant(HttpServerRequest request) {
    String type = request.getHeader("Content-Type");
    return request.method() == HttpMethod.POST
        && request.path().equals("/")
        && type != null
        && type.startsWith("application/x-www-form-urlencoded");
  }

  void handle(HttpServerRequest request) {
    Bodies.collect(
        request,
        LARGEST,
        body -> {
          try {
            answer(request, parameters(new String(body, StandardCharsets.UTF_8)));
          } catch (Refused refused) {
            send(request, refused.error().status(), error(refused.error()));
          }
        },
        () -> send(request, 413, error(ApiError.tooLarge(LARGEST))));
  }

  private void answer(HttpServerRequest request, Map<String, String> asked) {
    SessionFields.requireFitting(asked);
    String action = asked.getOrDefault("Action", "");
    switch (action) {
      case "AssumeRole" -> send(request, 200, result(action, assume(request, asked)));
      case "AssumeRoleWithWebIdentity" -> send(request, 200, result(action, identify(asked)));
      case "GetCallerIdentity" -> send(request, 200, result(action, caller(request)));
      default -> throw new Refused(ApiError.of(400, "InvalidAction", "no such action: " + action));
    }
  }

  private String assume(HttpServerRequest request, Map<String, String> asked) {
    Caller caller = authenticated(request);
    return logged(
        caller.account(), asked, SessionFields.tags(asked), () -> assumed(request, caller, asked));
  }

  private Session assumed(HttpServerRequest request, Caller caller, Map<String, String> asked) {
    boolean chained = bedrock.callers().session(request.getHeader("Authorization")).isPresent();
    Duration lasts = duration(asked, chained ? LONGEST_CHAINED : LONGEST);
    Role role =
        bedrock
            .roles()
            .lent(asked.getOrDefault("RoleArn", ""))
            .filter(lent -> lent.trusted().isEmpty() || lent.trusted().contains(caller.account()))
            .filter(
                lent ->
                    lent.externalId() == null || lent.externalId().equals(asked.get("ExternalId")))
            .orElseThrow(() -> new Refused(notTrusted(request, asked)));
    return bedrock.roles().issue(role, name(asked), lasts);
  }

  private String identify(Map<String, String> asked) {
    return logged(
        "web-identity",
        asked,
        // Its tags are the token's, and nobody has shown who she is.
        Map.of(),
        () -> {
          Duration lasts = duration(asked, LONGEST);
          String token = asked.get("WebIdentityToken");
          Role role =
              bedrock
                  .roles()
                  .lent(asked.getOrDefault("RoleArn", ""))
                  .filter(lent -> token != null && token.equals(lent.webIdentityToken()))
                  .orElseThrow(
                      () ->
                          new Refused(
                              ApiError.of(
                                  403,
                                  "AccessDenied",
                                  "Not authorized to perform sts:AssumeRoleWithWebIdentity")));
          return bedrock.roles().issue(role, name(asked), lasts);
        });
  }

  private interface Issue {
    Session session();
  }

  private String logged(
      String caller, Map<String, String> asked, Map<String, String> tags, Issue issue) {
    Optional<Refused> refused = Optional.empty();
    try {
      return credentials(issue.session());
    } catch (Refused e) {
      refused = Optional.of(e);
      throw e;
    } finally {
      bedrock
          .roles()
          .add(
              new Assumption(
                  bedrock.now(),
                  caller,
                  asked.getOrDefault("RoleArn", ""),
                  asked.getOrDefault("RoleSessionName", ""),
                  seconds(asked),
                  tags,
                  refused.map(e -> e.error().type()).orElse(null)));
    }
  }

  private Caller authenticated(HttpServerRequest request) {
    try {
      return bedrock
          .callers()
          .require(request.getHeader("Authorization"), request.getHeader("X-Amz-Security-Token"));
    } catch (Refused e) {
      // The same said in this service's own codes.
      String code =
          e.error().type().startsWith("Expired") ? "ExpiredToken" : "InvalidClientTokenId";
      throw new Refused(ApiError.of(403, code, e.error().message()));
    }
  }

  private ApiError notTrusted(HttpServerRequest request, Map<String, String> asked) {
    return ApiError.of(
        403,
        "AccessDenied",
        "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
            .formatted(arn(request), asked.get("RoleArn")));
  }

  private String caller(HttpServerRequest request) {
    Caller caller = authenticated(request);
    return element("Arn", arn(request))
        + element("UserId", caller.account())
        + element("Account", bedrock.callers().accountId(request.getHeader("Authorization")));
  }

  private String arn(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    return bedrock
        .callers()
        .session(authorization)
        .map(Session::arn)
        .orElseGet(
            () ->
                "arn:aws:iam::%s:user/simulated"
                    .formatted(
                        bedrock
                            .callers()
                            .named(authorization)
                            .map(Caller::account)
                            .map(Accounts::id)
                            .orElse("")));
  }

  private static Duration duration(Map<String, String> asked, int longest) {
    int seconds = seconds(asked) == 0 ? 3_600 : seconds(asked);
    if (seconds < SHORTEST || seconds > longest) {
      throw new Refused(
          ApiError.of(
              400,
              "ValidationError",
              longest == LONGEST_CHAINED && seconds > longest
                  ? "The requested DurationSeconds exceeds the 1 hour session limit for roles"
                      + " assumed by role chaining"
                  : "DurationSeconds must be from 900 to " + longest));
    }
    return Duration.ofSeconds(seconds);
  }

  private static int seconds(Map<String, String> asked) {
    String text = asked.getOrDefault("DurationSeconds", "0");
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
  }

  private static String name(Map<String, String> asked) {
    String name = asked.getOrDefault("RoleSessionName", "");
    if (!name.matches("[\\w+=,.@-]{2,64}")) {
      throw new Refused(
          ApiError.of(400, "ValidationError", "RoleSessionName has 2 to 64 of [\\w+=,.@-]"));
    }
    return name;
  }

  private static Map<String, String> parameters(String form) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : form.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badEscape) {
      return text;
    }
  }

  private static String credentials(Session session) {
    return "<Credentials>"
        + element("AccessKeyId", session.accessKey())
        + element("SecretAccessKey", BedrockSimulator.secretKey())
        + element("SessionToken", session.token())
        // The service counts in seconds; a session must not last longer than it says.
        + element("Expiration", session.expires().truncatedTo(ChronoUnit.SECONDS).toString())
        + "</Credentials><AssumedRoleUser>"
        + element("AssumedRoleId", "AROASIM:" + session.name())
        + element("Arn", session.arn())
        + "</AssumedRoleUser>";
  }

  private static String result(String action, String content) {
    return "<%1$sResponse xmlns=\"%2$s\"><%1$sResult>%3$s</%1$sResult>%4$s</%1$sResponse>"
        .formatted(
            action, NAMESPACE, content, "<ResponseMetadata>" + requestId() + "</ResponseMetadata>");
  }

  private static String error(ApiError error) {
    return "<ErrorResponse xmlns=\"%s\"><Error>%s%s%s</Error>%s</ErrorResponse>"
        .formatted(
            NAMESPACE,
            element("Type", "Sender"),
            element("Code", error.type()),
            element("Message", error.message()),
            requestId());
  }

  private static String requestId() {
    return element("RequestId", UUID.randomUUID().toString());
  }

  private static String element(String name, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<%1$s>%2$s</%1$s>".formatted(name, escaped);
  }

  private static void send(HttpServerRequest request, int status, String xml) {
    if (!request.response().ended() && !request.response().closed()) {
      request
          .response()
          .setStatusCode(status)
          .putHeader("Content-Type", "text/xml")
          .end(Buffer.buffer(xml));
    }
  }
}
