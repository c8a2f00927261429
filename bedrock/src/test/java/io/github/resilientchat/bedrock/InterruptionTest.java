package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static io.github.resilientchat.bedrock.Simulated.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.simulator.Fault;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClientBuilder;

/** Blocking calls that are stopped, or whose thread is interrupted, whatever they wait for. */
class InterruptionTest {

  /** How a call is ended by somebody else. */
  enum By {
    INTERRUPTION,
    STOP
  }

  private final CountDownLatch request = new CountDownLatch(1);
  private final CountDownLatch head = new CountDownLatch(1);
  // The first one gets the half of the body that comes.
  private final CountDownLatch reads = new CountDownLatch(2);
  private volatile Runnable afterHead = () -> {};
  private final Simulated simulated = Simulated.with(this::observed);

  private BedrockClients.Builder observed(BedrockClients.Builder builder) {
    return builder
        .maxConcurrency(1)
        .customizer(
            new BedrockClientCustomizer() {
              @Override
              public void customize(
                  BedrockAccount account, Region region, BedrockRuntimeClientBuilder client) {
                client.overrideConfiguration(o -> o.addExecutionInterceptor(new Observer()));
              }
            });
  }

  private final class Observer implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes all) {
      request.countDown();
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes all) {
      head.countDown();
      afterHead.run();
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
        Context.ModifyHttpResponse context, ExecutionAttributes all) {
      return context
          .responseBody()
          .map(
              body ->
                  new FilterInputStream(body) {
                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                      reads.countDown();
                      return super.read(buffer, offset, length);
                    }
                  });
    }
  }

  /** A call on a thread of its own. */
  private final class Call {
    final Exchange exchange = new Exchange(PATIENCE, false);
    final CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    final Thread thread = new Thread(this::run);

    private void run() {
      try {
        within(exchange, simulated::ask);
        thrown.complete(new AssertionError("answered"));
      } catch (RuntimeException e) {
        thrown.complete(e);
      }
      interrupted.complete(Thread.currentThread().isInterrupted());
    }

    Call start() {
      thread.start();
      return this;
    }

    Call end(By by) {
      if (by == By.STOP) {
        exchange.stop();
      } else {
        thread.interrupt();
      }
      return this;
    }

    void assertEnded(By by) throws Exception {
      Throwable error = thrown.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(error).isInstanceOf(AbortedException.class);
      assertThat(FailureClassifier.discovered().classify(error).map(Failure::kind))
          .contains(FailureKind.CANCELLED);
      assertThat(interrupted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(by == By.INTERRUPTION);
      InterruptWatchTest.awaitNoneOpen();
    }
  }

  @AfterEach
  void stop() {
    simulated.close();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void waitingForAConnection(By by) throws Exception {
    simulated.bedrock.fault(Fault.hang());
    CompletableFuture<Throwable> first = new CompletableFuture<>();
    Thread occupant =
        new Thread(
            () -> {
              try {
                within(new Exchange(PATIENCE, false), simulated::ask);
              } catch (RuntimeException e) {
                first.complete(e);
              }
            });
    occupant.start();
    simulated.bedrock.awaitOpen(1, PATIENCE);
    Call call = new Call().start();
    await(request);
    Throwable error = call.end(by).thrown.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(error).isInstanceOf(AbortedException.class);
    occupant.interrupt();
    assertThat(first.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(AbortedException.class);
    call.assertEnded(by);
  }

  @ParameterizedTest
  @EnumSource
  void waitingForTheHead(By by) throws Exception {
    simulated.bedrock.fault(Fault.hang());
    Call call = new Call().start();
    simulated.bedrock.awaitOpen(1, PATIENCE);
    call.end(by).assertEnded(by);
    simulated.bedrock.awaitIdle(PATIENCE);
    assertThat(call.exchange.isAccepted()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void readingTheBody(By by) throws Exception {
    simulated.bedrock.fault(Fault.stallBody());
    Call call = new Call().start();
    await(reads);
    call.end(by).assertEnded(by);
    simulated.bedrock.awaitIdle(PATIENCE);
    assertThat(call.exchange.isAccepted()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void betweenHeadAndBodyTheExchangeIsClosedThoughTheThreadIsElsewhere(By by) throws Exception {
    simulated.bedrock.fault(Fault.stallBody());
    try (DeafWait elsewhere = new DeafWait()) {
      afterHead = elsewhere::await;
      Call call = new Call().start();
      await(head);
      call.end(by);
      simulated.bedrock.awaitIdle(PATIENCE);
      elsewhere.close();
      call.assertEnded(by);
    }
  }

  @Test
  void interruptionThatTheSdkSeesBeforeItReadsEndsTheCall() throws Exception {
    simulated.bedrock.fault(Fault.stallBody());
    afterHead = () -> Thread.currentThread().interrupt();
    new Call().start().assertEnded(By.INTERRUPTION);
    simulated.bedrock.awaitIdle(PATIENCE);
  }

  @Test
  void answerThatAnInterceptorLeavesUnreadIsClosedAndWatchedNoMore() throws Exception {
    simulated.bedrock.fault(Fault.stallBody());
    afterHead = Fate.EXCEPTION::strike;
    Call call = new Call().start();
    assertThat(call.thrown.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isSameAs(Fate.EXCEPTION.mine);
    simulated.bedrock.awaitIdle(PATIENCE);
    InterruptWatchTest.awaitNoneOpen();
  }

  @Test
  void callThatEndedIsNotTroubledByALateStop() throws Exception {
    Exchange exchange = new Exchange(PATIENCE, false);
    within(exchange, simulated::ask);
    exchange.stop();
    // On the connection that the first one left.
    assertThat(simulated.ask().output().message().hasContent()).isTrue();
    InterruptWatchTest.awaitNoneOpen();
  }
}
