package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoleSessionTest {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  /** The threads that ask may have been ended before they began. */
  @Test
  void whoWaitsForASessionIsToldThatTheAccountIsClosed() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    RoleSession session =
        new RoleSession(
            "blue",
            "111122223333",
            () -> {
              throw new AssertionError("nobody asks");
            },
            task -> asked.countDown(),
            timer,
            InstantSource.system());
    CompletableFuture<Throwable> waiting =
        CompletableFuture.supplyAsync(() -> catchThrowable(session::resolveCredentials));
    asked.await();

    session.close();

    assertThat(waiting.get()).hasMessageContaining(RoleSession.CLOSED);
    assertThat(FailureClassifier.discovered().classify(waiting.get()))
        .map(Failure::kind)
        .contains(FailureKind.CANCELLED);
    assertThatThrownBy(session::resolveCredentials).hasMessageContaining(RoleSession.CLOSED);
  }
}
