package io.github.resilientchat.langchain4j;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.github.resilientchat.core.failure.Causes;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import java.util.List;
import java.util.Optional;

/**
 * What LangChain4j's own exceptions mean. Asked after the providers' classifiers, since the types
 * say less than the provider's error code: Bedrock's 424 and its exhausted quotas arrive as {@code
 * InvalidRequestException}. Found through the service loader.
 */
public final class LangChain4jFailures implements FailureClassifier {

  private record Meaning(Class<? extends Throwable> type, FailureKind kind) {}

  /** Subtypes before their supertypes. */
  private static final List<Meaning> MEANINGS =
      List.of(
          new Meaning(RateLimitException.class, FailureKind.THROTTLED),
          new Meaning(TimeoutException.class, FailureKind.TIMED_OUT),
          new Meaning(InternalServerException.class, FailureKind.UNAVAILABLE),
          new Meaning(UnresolvedModelServerException.class, FailureKind.UNAVAILABLE),
          new Meaning(AuthenticationException.class, FailureKind.NOT_PERMITTED),
          new Meaning(ModelNotFoundException.class, FailureKind.MISCONFIGURED),
          new Meaning(ContentFilteredException.class, FailureKind.FILTERED),
          new Meaning(InvalidRequestException.class, FailureKind.REJECTED),
          new Meaning(UnsupportedFeatureException.class, FailureKind.REJECTED),
          new Meaning(UnreadableToolCall.class, FailureKind.REJECTED),
          new Meaning(RetriableException.class, FailureKind.UNAVAILABLE),
          new Meaning(NonRetriableException.class, FailureKind.REJECTED));

  @Override
  public Optional<Failure> classify(Throwable error) {
    return Causes.of(error).stream().flatMap(cause -> known(cause).stream()).findFirst();
  }

  private static Optional<Failure> known(Throwable cause) {
    if (cause instanceof HttpException http) {
      return Optional.of(Failure.of(kind(http.statusCode()), "HTTP " + http.statusCode()));
    }
    return MEANINGS.stream()
        .filter(meaning -> meaning.type().isInstance(cause))
        .findFirst()
        .map(meaning -> Failure.of(meaning.kind(), meaning.type().getSimpleName()));
  }

  /** What a status means where nothing else is known of an answer. */
  private static FailureKind kind(int status) {
    return switch (status) {
      case 401, 403 -> FailureKind.NOT_PERMITTED;
      case 404 -> FailureKind.MISCONFIGURED;
      case 408 -> FailureKind.TIMED_OUT;
      case 424 -> FailureKind.MODEL_FAILED;
      case 429 -> FailureKind.THROTTLED;
      case 503, 529 -> FailureKind.NO_CAPACITY;
      default -> status / 100 == 4 ? FailureKind.REJECTED : FailureKind.UNAVAILABLE;
    };
  }

  @Override
  public int order() {
    return 100;
  }
}
