package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/** The watch on event loops would see a block: what the contract finds empty is not blind. */
class BlockedTest {

  @BeforeEach
  void watch() {
    Blocked.watch();
  }

  @AfterEach
  void forget() {
    Blocked.watch();
  }

  @Test
  void blockOnTheSdksEventLoopIsSeen() throws Exception {
    SdkEventLoopGroup group = SdkEventLoopGroup.builder().numberOfThreads(1).build();
    try {
      group.eventLoopGroup().submit(BlockedTest::block).get(10, TimeUnit.SECONDS);
    } finally {
      group.eventLoopGroup().shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    assertThat(Blocked.seen()).first().asString().contains("NettyEventLoop").contains("park");
  }

  @Test
  void blockOnReactorsParallelThreadIsSeen() {
    Mono.fromRunnable(BlockedTest::block).subscribeOn(Schedulers.parallel()).block();

    assertThat(Blocked.seen()).first().asString().contains("parallel-").contains("park");
  }

  @Test
  void blockElsewhereIsFine() {
    block();

    assertThat(Blocked.seen()).isEmpty();
  }

  private static void block() {
    try {
      new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
