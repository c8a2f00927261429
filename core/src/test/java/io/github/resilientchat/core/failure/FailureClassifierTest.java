package io.github.resilientchat.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureClassifierTest {

  private final FailureClassifier classifier = FailureClassifier.chain(List.of());

  static Stream<Arguments> jdkErrors() {
    return Stream.of(
        Arguments.of(new ConnectException("refused"), FailureKind.UNAVAILABLE),
        Arguments.of(new SocketTimeoutException("read"), FailureKind.TIMED_OUT),
        Arguments.of(new CancellationException(), FailureKind.CANCELLED),
        Arguments.of(new RuntimeException(new InterruptedException()), FailureKind.CANCELLED),
        Arguments.of(
            new CompletionException(new RuntimeException(new IOException("reset"))),
            FailureKind.UNAVAILABLE),
        Arguments.of(AttemptFailedException.truncated(), FailureKind.MODEL_FAILED),
        Arguments.of(
            AttemptFailedException.noSignal(Duration.ofSeconds(1), false), FailureKind.TIMED_OUT));
  }

  @ParameterizedTest
  @MethodSource("jdkErrors")
  void looksThroughTheCauseChain(Throwable error, FailureKind kind) {
    assertThat(classifier.classify(error).orElseThrow().kind()).isEqualTo(kind);
  }

  @Test
  void providerIsAskedBeforeTheFrameworkThatWrapsIt() {
    FailureClassifier framework = ordered(100, FailureKind.REJECTED);
    FailureClassifier provider = ordered(0, FailureKind.THROTTLED);

    Failure failure =
        FailureClassifier.chain(List.of(framework, provider))
            .classify(new RuntimeException())
            .orElseThrow();

    assertThat(failure.kind()).isEqualTo(FailureKind.THROTTLED);
  }

  @Test
  void causeThatLoopsIsNoTrap() {
    Exception first = new Exception("first");
    Exception second = new Exception("second", first);
    first.initCause(second);

    assertThat(classifier.classify(first)).isEmpty();
  }

  private static FailureClassifier ordered(int order, FailureKind kind) {
    return new FailureClassifier() {
      @Override
      public Optional<Failure> classify(Throwable error) {
        return Optional.of(Failure.of(kind, "x"));
      }

      @Override
      public int order() {
        return order;
      }
    };
  }
}
