package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;

class SpringAiFailuresTest {

  private static final class Overloaded extends TransientAiException {
    private Overloaded() {
      super("overloaded");
    }
  }

  @Test
  void transientExceptionsMeanThatTheServiceIsUnavailable() {
    assertThat(classified(new RuntimeException(new TransientAiException("503"))))
        .isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(classified(new Overloaded())).isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void permanentExceptionsMeanThatTheRequestIsRefused() {
    assertThat(classified(new NonTransientAiException("400"))).isEqualTo(FailureKind.REJECTED);
  }

  @Test
  void othersAreLeftToOthers() {
    assertThat(new SpringAiFailures().classify(new IllegalStateException())).isEmpty();
  }

  private static FailureKind classified(Throwable error) {
    return FailureClassifier.discovered().classify(error).map(Failure::kind).orElseThrow();
  }
}
