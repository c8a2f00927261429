package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
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
    awaitNoneOpen();
  }

  @Test
  void watcherServesAllAndIsGoneAfterTheLast() throws Exception {
    // Of the tests before, some may have nothing to do any more.
    Set<Thread> before = watchers();
    List<InterruptWatch> open =
        IntStream.range(0, 100).mapToObj(each -> InterruptWatch.over(() -> {})).toList();
    assertThat(watchers()).isNotEmpty();
    assertThat(watchers()).filteredOn(each -> !before.contains(each)).hasSizeLessThan(2);
    open.forEach(InterruptWatch::close);
    for (Thread watcher : watchers()) {
      watcher.join(Simulated.PATIENCE.toMillis());
    }
    assertThat(watchers()).isEmpty();
  }

  /** Of the tests before, calls may still be on their way out. */
  static void awaitNoneOpen() {
    Awaitility.await()
        .atMost(Simulated.PATIENCE)
        .untilAsserted(() -> assertThat(InterruptWatch.open()).isZero());
  }

  private static Set<Thread> watchers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("resilient-interrupt-watch"))
        .collect(Collectors.toSet());
  }
}
