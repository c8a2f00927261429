package io.github.resilientchat.redis;

import static io.github.resilientchat.redis.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.operation.Part;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rest that an operator ends in one instance of two. */
class EndedRestTest {

  private final EmbeddedRedis redis = EmbeddedRedis.start();
  private final RedisClient another = redis.anotherClient();
  private final RedisFleet firstFleet = new RedisFleet(redis.client(), "fleet", 2);
  private final RedisFleet secondFleet = new RedisFleet(another, "fleet", 2);
  private final Engine second = engine(secondFleet);
  private final Router one = router(engine(firstFleet));
  private final Router two = router(second);

  @AfterEach
  void close() {
    firstFleet.close();
    secondFleet.close();
    another.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    redis.close();
  }

  private static Engine engine(RedisFleet fleet) {
    return Engine.builder()
        .classifier(error -> Optional.of(Failure.of(FailureKind.QUOTA_EXHAUSTED, "x")))
        .fleet(fleet)
        .build();
  }

  private static Router router(Engine engine) {
    return engine.router(
        Route.named("chat")
            .strategy(RoutingStrategy.ordered())
            .tier(Target.builder("near").account("main").region("us-east-1").model("m").build())
            .tier(Target.builder("far").account("other").region("us-west-2").model("m").build())
            .build());
  }

  private static Attempt begin(Router router) {
    return (Attempt) router.begin(ModelCall.blocking(Caller.user("ann"), new TokenEstimate(1, 1)));
  }

  private static String asks(Router router) {
    Attempt attempt = begin(router);
    attempt.completed(Usage.of(1, 1));
    return attempt.target().name();
  }

  @Test
  void isOverInAllAndStaysSoWhoeverHeardOfIt() {
    Attempt usedUp = begin(one);
    assertThat(usedUp.target().name()).isEqualTo("near");
    ((Attempt) usedUp.failed(new IllegalStateException())).completed(Usage.of(1, 1));
    until(() -> asks(two).equals("far"));

    assertThat(second.operations().endRest("near")).isTrue();
    // Nobody publishes this: who knows it has looked since.
    redis.run(commands -> commands.hset("fleet:{all}:fleet", "d:account nobody", "0 1 somebody"));
    until(() -> second.operations().drained().contains(Part.account("nobody")));
    Attempt probe = begin(two);
    assertThat(probe.target().name()).isEqualTo("near");
    until(() -> asks(one).equals("near"));
    probe.completed(Usage.of(1, 1));
  }
}
