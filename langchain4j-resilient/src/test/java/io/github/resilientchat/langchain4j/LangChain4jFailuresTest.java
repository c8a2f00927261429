package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.github.resilientchat.core.failure.Consequences;
import io.github.resilientchat.core.failure.Evidence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.failure.FailurePolicy;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LangChain4jFailuresTest {

  private final LangChain4jFailures failures = new LangChain4jFailures();

  @Test
  void eachExceptionHasItsMeaning() {
    assertThat(kind(new RateLimitException("x"))).isEqualTo(FailureKind.THROTTLED);
    assertThat(kind(new TimeoutException("x"))).isEqualTo(FailureKind.TIMED_OUT);
    assertThat(kind(new InternalServerException("x"))).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(kind(new UnresolvedModelServerException("x"))).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(kind(new AuthenticationException("x"))).isEqualTo(FailureKind.NOT_PERMITTED);
    assertThat(kind(new ModelNotFoundException("x"))).isEqualTo(FailureKind.MISCONFIGURED);
    assertThat(kind(new ContentFilteredException("x"))).isEqualTo(FailureKind.FILTERED);
    assertThat(kind(new InvalidRequestException("x"))).isEqualTo(FailureKind.REJECTED);
    assertThat(kind(new UnsupportedFeatureException("x"))).isEqualTo(FailureKind.REJECTED);
    assertThat(kind(new RetriableException("x"))).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(kind(new NonRetriableException("x"))).isEqualTo(FailureKind.REJECTED);
  }

  @ParameterizedTest
  @CsvSource({
    "400, REJECTED",
    "401, NOT_PERMITTED",
    "404, MISCONFIGURED",
    "429, THROTTLED",
    "500, UNAVAILABLE",
    "503, NO_CAPACITY",
    "302, UNAVAILABLE"
  })
  void aStatusOfAnyProviderHasItsMeaning(int status, FailureKind meaning) {
    assertThat(kind(new HttpException(status, "x"))).isEqualTo(meaning);
  }

  @Test
  void aTypeOfTheFrameworkSaysMoreThanTheStatusInIt() {
    assertThat(kind(new ContentFilteredException(new HttpException(400, "x"))))
        .isEqualTo(FailureKind.FILTERED);
  }

  @Test
  void downServerCountsAgainstTheBreaker() {
    assertThat(failures.classify(new InternalServerException("x")))
        .map(failure -> Consequences.of(failure, Evidence.NONE, FailurePolicy.DEFAULTS).breaker())
        .contains(true);
  }

  @Test
  void wrappersAreSeenThrough() {
    assertThat(kind(new CompletionException(new RateLimitException("x"))))
        .isEqualTo(FailureKind.THROTTLED);
  }

  @Test
  void otherExceptionsAreLeftToOthers() {
    assertThat(failures.classify(new IllegalStateException("x"))).isEmpty();
  }

  @Test
  void isFoundOnTheClassPath() {
    assertThat(FailureClassifier.discovered(List.of()).classify(new RateLimitException("x")))
        .map(Failure::kind)
        .contains(FailureKind.THROTTLED);
  }

  private FailureKind kind(Throwable error) {
    return failures.classify(error).orElseThrow().kind();
  }
}
