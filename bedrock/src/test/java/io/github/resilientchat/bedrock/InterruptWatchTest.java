package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InterruptWatchTest {

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(Simulated.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void actionThatBlocksDelaysNoOther() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch other = new CountDownLatch(1);
    try (DeafWait wait = new DeafWait()) {
      Thread watched =
          new Thread(
              () -> {
                try (InterruptWatch first =
                        InterruptWatch.over(
                            () -> {
                              blocked.countDown();
                              await(release);
                            });
                    InterruptWatch second =
                        InterruptWatch.over(
                            () -> {
                              await(blocked);
                              other.countDown();
                            })) {
                  wait.await();
                }
              });
      watched.start();
      watched.interrupt();
      assertThat(await(other)).isTrue();
      wait.close();
      watched.join();
    } finally {
      release.countDown();
    }
    assertThat(InterruptWatch.open()).isZero();
  }

  @Test
  void watcherServesAllAndIsGoneAfterTheLast() throws Exception {
    List<InterruptWatch> open =
        IntStream.range(0, 100).mapToObj(each -> InterruptWatch.over(() -> {})).toList();
    // One more may be on its way out.
    assertThat(watchers()).isBetween(1L, 2L);
    open.forEach(InterruptWatch::close);
    for (Thread watcher : watching().toList()) {
      watcher.join(Simulated.PATIENCE.toMillis());
    }
    assertThat(watchers()).isZero();
  }

  private static long watchers() {
    return watching().count();
  }

  private static Stream<Thread> watching() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("resilient-interrupt-watch"));
  }
}
