package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.fleet.Fleet;
import io.github.resilientchat.core.fleet.News;
import io.github.resilientchat.core.fleet.Slices;
import io.github.resilientchat.core.operation.Part;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one instance learns of a target, and the others then know. */
class FleetTest {

  private final VirtualClock clock = new VirtualClock();
  private final List<News> told = new ArrayList<>();
  private final List<Consumer<News>> ears = new ArrayList<>();
  private final Engine first = engine();
  private final Engine second = engine();
  private final Router one = router(first);
  private final Router two = router(second);

  private Engine engine() {
    List<Consumer<News>> own = new ArrayList<>();
    Fleet fleet =
        new Fleet() {
          @Override
          public void tell(News news) {
            told.add(news);
            ears.stream().filter(ear -> !own.contains(ear)).toList().forEach(e -> e.accept(news));
          }

          @Override
          public void join(Consumer<News> ear) {
            own.add(ear);
            ears.add(ear);
          }

          @Override
          public void share(Slices slices) {}

          @Override
          public double firstSlice() {
            return 1;
          }

          @Override
          public void close() {}
        };
    return Engine.builder().ticker(clock).classifier(Errors.CLASSIFIER).fleet(fleet).build();
  }

  private static Router router(Engine engine) {
    Target near = Target.builder("near").account("main").region("us-east-1").model("m").build();
    Target far = Target.builder("far").account("other").region("us-west-2").model("m").build();
    return engine.router(
        Route.named("chat").strategy(RoutingStrategy.ordered()).tier(near).tier(far).build());
  }

  private static Attempt begin(Router router) {
    return (Attempt) router.begin(ModelCall.blocking(Caller.user("ann"), new TokenEstimate(1, 1)));
  }

  private static String asks(Router router) {
    Attempt attempt = begin(router);
    attempt.completed(Usage.of(1, 1));
    return attempt.target().name();
  }

  private static void refused(Router router, FailureKind kind) {
    Attempt attempt = begin(router);
    assertThat(attempt.target().name()).isEqualTo("near");
    ((Attempt) attempt.failed(Errors.of(kind))).completed(Usage.of(1, 1));
  }

  /** The first call of this instance that goes there again; the other one stays away till then. */
  private Attempt probe(Router router, Router other) {
    while (true) {
      clock.advance(Duration.ofMillis(500));
      assertThat(asks(other)).isEqualTo("far");
      Attempt attempt = begin(router);
      if (attempt.target().name().equals("near")) {
        return attempt;
      }
      attempt.completed(Usage.of(1, 1));
    }
  }

  @Test
  void usedUpDayOfOneInstanceIsKnownToAll() {
    refused(one, FailureKind.QUOTA_EXHAUSTED);
    assertThat(asks(two)).isEqualTo("far");
    assertThat(told).hasSize(1);
  }

  @Test
  void whoFoundOutProbesAndItsAnswerIsEverybodys() {
    refused(one, FailureKind.NOT_PERMITTED);
    assertThat(asks(two)).isEqualTo("far");
    probe(one, two).completed(Usage.of(1, 1));
    assertThat(told.get(told.size() - 1)).isInstanceOf(News.Works.class);
    assertThat(asks(two)).isEqualTo("near");
  }

  @Test
  void failedProbeKeepsAllAway() {
    refused(one, FailureKind.NOT_PERMITTED);
    probe(one, two).failed(Errors.of(FailureKind.NOT_PERMITTED));
    clock.advance(Duration.ofSeconds(20));
    assertThat(asks(two)).isEqualTo("far");
  }

  @Test
  void othersProbeIfNothingIsHeardOfWhoFoundOut() {
    refused(one, FailureKind.NOT_PERMITTED);
    clock.advance(Duration.ofSeconds(43));
    assertThat(asks(two)).isEqualTo("near");
  }

  @Test
  void whoseOwnProbeIsAnsweredBelievesNoOtherForAWhile() {
    refused(one, FailureKind.NOT_PERMITTED);
    clock.advance(Duration.ofSeconds(43));
    assertThat(asks(two)).isEqualTo("near");
    // What is wrong is the first one's own: it fails again.
    refused(one, FailureKind.NOT_PERMITTED);
    assertThat(asks(two)).isEqualTo("near");
  }

  @Test
  void drainedPartIsOutInAllInstancesUntilOneLetsItInAgain() {
    first.operations().drain(Part.account("main"));
    assertThat(asks(two)).isEqualTo("far");
    assertThat(second.operations().drained()).containsExactly(Part.account("main"));
    second.operations().undrain(Part.account("main"));
    assertThat(asks(one)).isEqualTo("near");
    assertThat(asks(two)).isEqualTo("near");
  }

  @Test
  void restThatSomebodyEndsIsOverInAllInstances() {
    refused(one, FailureKind.NOT_PERMITTED);
    assertThat(asks(two)).isEqualTo("far");
    assertThat(second.operations().endRest("near")).isTrue();
    assertThat(asks(one)).isEqualTo("near");
    assertThat(asks(two)).isEqualTo("near");
    assertThat(second.operations().endRest("near")).isFalse();
  }

  @Test
  void dayThatSomebodyEndsIsOverInAllInstances() {
    refused(one, FailureKind.QUOTA_EXHAUSTED);
    assertThat(asks(two)).isEqualTo("far");
    assertThat(first.operations().endRest("near")).isTrue();
    assertThat(asks(two)).isEqualTo("near");
    assertThat(asks(one)).isEqualTo("near");
  }

  /** A fleet may tell the same again. */
  @ParameterizedTest
  @EnumSource(names = {"NOT_PERMITTED", "QUOTA_EXHAUSTED"})
  void restThatWasEndedHereIsNotBegunAnewByTheSameNews(FailureKind kind) {
    refused(one, kind);
    News.Rests news = (News.Rests) told.get(0);
    assertThat(asks(two)).isEqualTo("far");
    second.operations().endRest("near");
    Attempt probe = begin(two);
    assertThat(probe.target().name()).isEqualTo("near");

    clock.advance(Duration.ofMillis(700));
    Duration left = news.left().minusMillis(700);
    ears.get(1).accept(new News.Rests(news.domain(), left, news.firm()));
    probe.completed(Usage.of(1, 1));
    assertThat(asks(two)).isEqualTo("near");
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_PERMITTED", "QUOTA_EXHAUSTED"})
  void anotherRestIsHeardAfterOneThatWasEndedHere(FailureKind kind) {
    refused(one, kind);
    second.operations().endRest("near");
    clock.advance(Duration.ofMinutes(1));
    ears.get(1).accept(told.get(0));
    assertThat(asks(two)).isEqualTo("far");
  }

  @Test
  void newsOfWhatAnInstanceDoesNotHaveAreNothingToIt() {
    ears.get(1).accept(new News.Rests("account elsewhere", Duration.ofHours(1), true));
    ears.get(1).accept(new News.Works("account elsewhere"));
    ears.get(1).accept(new News.Drained("planet mars"));
    assertThat(asks(two)).isEqualTo("near");
  }
}
