package io.github.resilientchat.autoconfigure.web;

import io.github.resilientchat.core.failure.Causes;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.report.CallStoppedException;
import io.github.resilientchat.core.report.CallTimeoutException;
import io.github.resilientchat.core.report.InvalidCallerException;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.core.report.RoutingException;
import io.github.resilientchat.core.report.UnknownCallerException;
import io.github.resilientchat.core.report.UnknownRouteException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One answer for each way in which a call ends without one. */
final class FailureAnswers implements EdgeAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(EdgeAnswers.class);
  private static final String TYPES = "https://iana.org/assignments/http-problem-types#";

  /** Where nothing rests and nobody has said how long it will take. */
  private static final Duration SOON = Duration.ofSeconds(1);

  /** The request's own fault. */
  private static final Set<FailureKind> REFUSED =
      Set.of(
          FailureKind.REJECTED,
          FailureKind.TOO_LONG,
          FailureKind.UNSUPPORTED,
          FailureKind.FILTERED);

  /**
   * Whose words about a prompt are a model's; other services of AWS say the same of other things.
   */
  private static final List<String> MODELS =
      List.of("software.amazon.awssdk.services.bedrockruntime.", "dev.langchain4j.exception.");

  private final QuotaHeaders headers;
  private final FailureClassifier classifier;

  FailureAnswers(QuotaHeaders headers, FailureClassifier classifier) {
    this.headers = headers;
    this.classifier = classifier;
  }

  @Override
  public Optional<EdgeProblem> answerTo(Throwable error, boolean signedIn) {
    List<Throwable> causes = Causes.of(error);
    for (Throwable cause : causes) {
      @Nullable EdgeProblem problem = problem(cause, signedIn);
      if (problem != null) {
        return Optional.of(problem);
      }
    }
    return causes.stream().anyMatch(FailureAnswers::isOfModel)
        ? classifier.classify(error).flatMap(FailureAnswers::refusedPrompt)
        : Optional.empty();
  }

  private @Nullable EdgeProblem problem(Throwable error, boolean signedIn) {
    if (error instanceof QuotaExceededException refused) {
      return quota(refused);
    }
    if (error instanceof UnknownCallerException unknown) {
      return nobody(unknown, signedIn);
    }
    if (error instanceof InvalidCallerException || error instanceof InvalidRequestHeaderException) {
      return invalid((RuntimeException) error);
    }
    if (error instanceof UnknownRouteException) {
      return plain(400, "Unknown route", "There is no route of the name that was asked for.");
    }
    if (error instanceof NoTargetAvailableException out) {
      return outOf(out);
    }
    if (error instanceof CallTimeoutException late) {
      return plain(504, "No answer in time", "No model answered in time.", route(late));
    }
    if (error instanceof CallStoppedException) {
      return plain(503, "Stopping", "The application stops, and the answer is cut short.");
    }
    return error instanceof RoutingException broken
        ? plain(502, "No whole answer", "The answer broke off.", route(broken))
        : null;
  }

  /** For a request that says something of itself that cannot be. */
  static EdgeProblem invalid(RuntimeException why) {
    return plain(400, "Bad request", why.getMessage() + ".");
  }

  private EdgeProblem quota(QuotaExceededException refused) {
    @Nullable Duration wait = refused.retryAfter().orElse(null);
    Map<String, Object> members = route(refused);
    String policy = QuotaHeaders.nameOf(refused.scope(), refused.limit());
    members.put("violated-policies", List.of(policy));
    members.put("scope", refused.scope().toString());
    members.put("plan", refused.plan());
    members.put("limit", refused.limit());
    Map<String, String> more = new LinkedHashMap<>();
    comesBack(wait, members, more);
    more.putAll(headers.refused(refused.scope(), refused.limit(), wait));
    String what = "Plan " + refused.plan() + ": " + refused.limit();
    return new EdgeProblem(
        429,
        TYPES + "quota-exceeded",
        "Quota exceeded",
        what + (wait == null ? " is less than this request takes: it never fits." : " is used up."),
        members,
        more);
  }

  /** Whoever is signed in and not known is for the application to mend. */
  private static EdgeProblem nobody(UnknownCallerException unknown, boolean signedIn) {
    if (signedIn) {
      LOG.warn("a user is signed in, and yet: {}", unknown.getMessage());
      return plain(403, "No caller", "It is not known for whom this would be done.");
    }
    return plain(401, "No caller", "Nobody is signed in for whom this could be done.");
  }

  private static EdgeProblem outOf(NoTargetAvailableException out) {
    Map<String, Object> members = route(out);
    Map<String, String> headers = new LinkedHashMap<>();
    comesBack(out.retryAfter().orElse(SOON), members, headers);
    return new EdgeProblem(
        503,
        TYPES + "temporary-reduced-capacity",
        "No model available",
        "No model can answer at the moment.",
        members,
        headers);
  }

  private static void comesBack(
      @Nullable Duration wait, Map<String, Object> members, Map<String, String> headers) {
    if (wait != null) {
      members.put("retry-after", QuotaHeaders.seconds(wait));
      headers.put("Retry-After", String.valueOf(QuotaHeaders.seconds(wait)));
    }
  }

  private static Optional<EdgeProblem> refusedPrompt(Failure failure) {
    return REFUSED.contains(failure.kind())
        ? Optional.of(plain(400, "Request refused", "The model refused the request."))
        : Optional.empty();
  }

  private static boolean isOfModel(Throwable error) {
    return MODELS.stream().anyMatch(error.getClass().getName()::startsWith);
  }

  private static Map<String, Object> route(RoutingException error) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("route", error.report().route());
    return members;
  }

  private static EdgeProblem plain(int status, String title, String detail) {
    return plain(status, title, detail, Map.of());
  }

  private static EdgeProblem plain(
      int status, String title, String detail, Map<String, Object> members) {
    return new EdgeProblem(status, "about:blank", title, detail, members, Map.of());
  }
}
