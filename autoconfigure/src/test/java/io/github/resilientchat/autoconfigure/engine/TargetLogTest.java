package io.github.resilientchat.autoconfigure.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says of targets, for whatever framework: the engine says it. */
class TargetLogTest {

  private final AtomicLong now = new AtomicLong();
  private final Ticker clock = now::get;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger =
      (Logger) LoggerFactory.getLogger("io.github.resilientchat.core.Router");
  private volatile FailureKind kind = FailureKind.NO_CAPACITY;
  private final Engine engine =
      Engine.builder()
          .ticker(clock)
          .classifier(error -> Optional.of(Failure.of(kind, "SomeCode").advice("Look at it.")))
          .build();
  private final Target east =
      Target.builder("east").model("sonnet").region("us-east-1").account("main").build();
  private final Router router =
      engine.router(
          Route.named("chat")
              .strategy(RoutingStrategy.ordered())
              .tier(east, Target.named("west"))
              .build());

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void deaf() {
    logger.detachAppender(lines);
  }

  private Attempt ask() {
    return (Attempt)
        router.begin(ModelCall.blocking(Caller.user("user-7"), new TokenEstimate(10, 10)));
  }

  private static void fail(Attempt attempt) {
    ((Attempt) attempt.failed(new IllegalStateException("the secret prompt"))).completed(null);
  }

  private List<String> said() {
    return lines.list.stream()
        .filter(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void oneLineWhenATargetIsLeftAndOneWhenItIsBack() {
    Attempt one = ask();
    Attempt other = ask();
    fail(one);
    fail(other);
    for (int call = 0; call < 20; call++) {
      ask().completed(null);
    }
    now.addAndGet(Duration.ofMinutes(2).toNanos());
    for (int call = 0; call < 20; call++) {
      ask().completed(null);
    }

    assertThat(said())
        .containsExactly(
            "target east (sonnet@us-east-1/main) is left, seen by route chat: "
                + "NO_CAPACITY (SomeCode): Look at it.",
            "target east (sonnet@us-east-1/main) is back after 120.000 s");
    assertThat(String.join("\n", said())).doesNotContain("secret").doesNotContain("user-7");
  }

  @Test
  void whatSomebodyMustLookAtIsAWarning() {
    kind = FailureKind.MISCONFIGURED;

    fail(ask());

    assertThat(lines.list).extracting(ILoggingEvent::getLevel).contains(Level.WARN);
  }

  @Test
  void answersAndWhatIsTheCallersOwnFaultSayNothing() {
    ask().completed(null);
    kind = FailureKind.REJECTED;
    ask().failed(new IllegalStateException("the secret prompt"));
    ask().cancelled();

    assertThat(said()).isEmpty();
  }
}
