package io.github.resilientchat.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Question;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BlockingDriverTest {

  private static final ModelCall CALL =
      ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(1, 1));

  private final List<CallReport> reports = new ArrayList<>();
  private final Router router =
      Engine.builder()
          .classifier(Errors.CLASSIFIER)
          .listener(
              new RouteListener() {
                @Override
                public void onCall(CallReport report) {
                  reports.add(report);
                }
              })
          .build()
          .router(
              Route.named("chat")
                  .tier(Target.named("a"))
                  .tier(Target.named("b"))
                  .policy(RoutePolicy.DEFAULTS.withAttemptTimeout(Duration.ofSeconds(7)))
                  .build());

  private BlockingDriver.Answer<String> drive(Function<Target, String> model) {
    return drive(router, model);
  }

  private static BlockingDriver.Answer<String> drive(Router over, Function<Target, String> model) {
    return BlockingDriver.drive(
        over,
        CALL,
        new BlockingDriver.Models<>() {
          @Override
          public String call(Target target) {
            return model.apply(target);
          }

          @Override
          public Usage usageOf(String answer) {
            return Usage.of(1, 2);
          }
        });
  }

  private static Router sevenSeconds(VirtualClock clock) {
    return Engine.builder()
        .ticker(clock)
        .build()
        .router(
            Route.named("timed")
                .tier(Target.named("a"))
                .policy(RoutePolicy.DEFAULTS.withAttemptTimeout(Duration.ofSeconds(7)))
                .build());
  }

  @Test
  void anExchangesTimeIsWhatIsLeftWhenItsClientAsksFirst() {
    VirtualClock clock = new VirtualClock();
    Router timed = sevenSeconds(clock);
    List<Duration> told = new ArrayList<>();

    BlockingDriver.drive(
        timed,
        CALL,
        new BlockingDriver.Models<String>() {
          @Override
          public String call(Target target) {
            for (int asked = 0; asked < 2; asked++) {
              clock.advance(Duration.ofSeconds(2));
              told.add(Exchange.current().orElseThrow().timeLimit());
            }
            return "answer";
          }

          @Override
          public Usage usageOf(String answer) {
            return Usage.of(1, 2);
          }
        });

    assertThat(told).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
    assertThat(Exchange.current()).isEmpty();
  }

  @Test
  void fallbackAnswersOnTheCallersThread() {
    Thread caller = Thread.currentThread();

    BlockingDriver.Answer<String> answer =
        drive(
            target -> {
              assertThat(Thread.currentThread()).isSameAs(caller);
              if (target.name().equals("a")) {
                throw Errors.of(FailureKind.THROTTLED);
              }
              return "from " + target;
            });

    assertThat(answer.response()).isEqualTo("from b");
    assertThat(answer.report().fallback()).isTrue();
    assertThat(answer.report().usage()).isEqualTo(Usage.of(1, 2));
    assertThat(reports).containsExactly(answer.report());
  }

  @Test
  void modelSeesTheExchangeOfItsAttempt() {
    drive(
        sevenSeconds(new VirtualClock()),
        target -> {
          Exchange exchange = Exchange.current().orElseThrow();
          assertThat(exchange.timeLimit()).isEqualTo(Duration.ofSeconds(7));
          assertThat(exchange.streaming()).isFalse();
          return "ok";
        });
    assertThat(Exchange.current()).isEmpty();
  }

  @Test
  void originalErrorOfARefusedRequestIsThrown() {
    RuntimeException refused = Errors.of(FailureKind.REJECTED);

    assertThatThrownBy(
            () ->
                drive(
                    target -> {
                      throw refused;
                    }))
        .isSameAs(refused);
    assertThat(reports.get(0).ending()).isEqualTo(CallReport.Ending.FAILED);
  }

  @Test
  void answerThatTheFrameworkCannotReadIsReadInOtherWords() {
    List<String> asked = new ArrayList<>();

    BlockingDriver.Answer<String> answer =
        drive(
            target -> {
              asked.add(target.name());
              Exchange exchange = Exchange.current().orElseThrow();
              exchange.accepted();
              if (exchange.kept().isEmpty()) {
                exchange.keep("the same in other words");
                throw new IllegalArgumentException("unknown stop reason");
              }
              return "read";
            });

    assertThat(answer.response()).isEqualTo("read");
    assertThat(asked).containsExactly("a", "a");
    assertThat(answer.report().attempts()).hasSize(1);
  }

  @Test
  void unreadableAnswerOfATargetThatTookTheRequestMovesOn() {
    BlockingDriver.Answer<String> answer =
        drive(
            target -> {
              if (target.name().equals("a")) {
                Exchange.current().orElseThrow().accepted();
                throw new NullPointerException();
              }
              return "from " + target;
            });

    assertThat(answer.response()).isEqualTo("from b");
  }

  @Test
  void unreadableAnswerMovesOnWhereNoClientTellsWhetherTheRequestWasTaken() {
    BlockingDriver.Answer<String> answer =
        drive(
            target -> {
              if (target.name().equals("a")) {
                throw new NullPointerException();
              }
              return "from " + target;
            });

    assertThat(answer.response()).isEqualTo("from b");
  }

  @Test
  void placeOfATargetSaysNothingOfItsClient() {
    Router placed =
        Engine.builder()
            .build()
            .router(
                Route.named("placed")
                    .tier(Target.builder("a").region("us-east-1").build())
                    .tier(Target.named("b"))
                    .build());

    BlockingDriver.Answer<String> answer =
        drive(
            placed,
            target -> {
              if (target.name().equals("a")) {
                throw new IllegalStateException("unreadable");
              }
              return "from " + target;
            });

    assertThat(answer.response()).isEqualTo("from b");
  }

  @Test
  void requestThatAModelStumblesOverIsTheCallersOwnWhereItsClientWouldHaveTold() {
    drive(
        target -> {
          Exchange.current().orElseThrow().onStop(() -> {});
          return "from " + target;
        });
    NullPointerException stumble = new NullPointerException();

    assertThatThrownBy(
            () ->
                drive(
                    target -> {
                      throw stumble;
                    }))
        .isSameAs(stumble);
  }

  @Test
  void modelThatGivesNothingHasFailed() {
    BlockingDriver.Answer<String> answer =
        drive(target -> target.name().equals("a") ? null : "from " + target);

    assertThat(answer.response()).isEqualTo("from b");
  }

  @Test
  void errorsOfTheVirtualMachineEndTheAttemptToo() {
    assertThatThrownBy(
            () ->
                drive(
                    target -> {
                      throw new StackOverflowError();
                    }))
        .isInstanceOf(StackOverflowError.class);
    assertThat(reports).hasSize(1);
  }

  @Test
  void interruptionDuringAPauseCancelsTheCallAndKeepsTheFlag() {
    assertCancelledOnce(
        target -> {
          Thread.currentThread().interrupt();
          throw Errors.of(FailureKind.NOT_READY);
        });
  }

  @Test
  void interruptedThreadAsksNobody() {
    Thread.currentThread().interrupt();

    assertCancelledOnce(
        target -> {
          throw new AssertionError("asked " + target.name());
        });
  }

  private BlockingDriver.Answer<Thread> driveAsking(CompletableFuture<Admission> answer) {
    Router asking =
        Engine.builder()
            .quotas(call -> new Admission.Asked(Question.of(answer)))
            .build()
            .router(Route.named("chat").tier(Target.named("a")).build());
    return BlockingDriver.drive(
        asking,
        CALL,
        new BlockingDriver.Models<>() {
          @Override
          public Thread call(Target target) {
            return Thread.currentThread();
          }

          @Override
          public Usage usageOf(Thread thread) {
            return Usage.of(1, 1);
          }
        });
  }

  @Test
  void callerWaitsForItsQuotasAnswerAndGoesOnOnItsOwnThread() {
    CompletableFuture<Admission> answer = new CompletableFuture<>();
    ForkJoinPool.commonPool().execute(() -> answer.complete(Admission.Unlimited.INSTANCE));
    assertThat(driveAsking(answer).response()).isSameAs(Thread.currentThread());
  }

  @Test
  void interruptionWhileTheQuotaIsAskedCancelsTheCallAndKeepsTheFlag() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> driveAsking(new CompletableFuture<>()))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private void assertCancelledOnce(Function<Target, String> model) {
    try {
      assertThatThrownBy(() -> drive(model)).isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).ending()).isEqualTo(CallReport.Ending.CANCELLED);
  }
}
