package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
      String thread = group.eventLoopGroup().submit(BlockedTest::block).get(60, TimeUnit.SECONDS);

      assertThat(thread).contains("NettyEventLoop");
      assertThat(seenOn(thread)).first().asString().contains("park");
    } finally {
      group.eventLoopGroup().shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  @Test
  void blockOnReactorsParallelThreadIsSeen() {
    String thread =
        Mono.fromCallable(BlockedTest::block).subscribeOn(Schedulers.parallel()).block();

    assertThat(thread).contains("parallel-");
    assertThat(seenOn(thread)).first().asString().contains("park");
  }

  @Test
  void blockElsewhereIsFine() throws Exception {
    String thread = block();

    assertThat(seenOn(thread)).isEmpty();
  }

  /** Clients that another test has closed may still be at it on threads of their own. */
  private static List<String> seenOn(String thread) {
    return Blocked.seen().stream().filter(seen -> seen.startsWith(thread + ":")).toList();
  }

  /** Returns on which thread. */
  private static String block() throws InterruptedException {
    new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
    return Thread.currentThread().getName();
  }
}
