package io.github.resilientchat.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** What a request from outside asks of the calls that serve it, on whatever thread. */
class EdgeRequestTest {

  private static final Executor OTHER_THREAD = task -> new Thread(task).start();
  private static final Duration ROUTES = Duration.ofSeconds(60);

  private final VirtualClock clock = new VirtualClock();
  private final ModelCall call = ModelCall.blocking(Caller.user("alice"), new TokenEstimate(1, 1));

  private EdgeRequest request(Duration limit) {
    return EdgeRequest.begin(
        () -> Optional.of(Caller.user("alice")), limit, new RequestTerms(false, "s1"), clock);
  }

  private ModelCall served(EdgeRequest request) {
    try (EdgeRequest.Scope ignored = EdgeRequest.open(request)) {
      return EdgeRequest.serve(call, "chat", ROUTES);
    }
  }

  @Test
  void withoutARequestACallIsMadeAsItIs() {
    assertThat(EdgeRequest.serve(call, "chat", ROUTES)).isSameAs(call);
    assertThat(EdgeRequest.sender().resolve()).isEmpty();
  }

  @Test
  void callsShareTheTimeOfTheirRequest() {
    EdgeRequest request = request(Duration.ofSeconds(10));
    assertThat(served(request).timeLimit()).isEqualTo(Duration.ofSeconds(10));

    clock.advance(Duration.ofSeconds(9));
    assertThat(served(request).timeLimit()).isEqualTo(Duration.ofSeconds(1));

    clock.advance(Duration.ofSeconds(9));
    assertThat(served(request).timeLimit()).isPositive().isLessThan(Duration.ofMillis(1));
  }

  @Test
  void aRequestNeverGetsMoreTimeThanItsRoute() {
    assertThat(served(request(Duration.ofHours(1))).timeLimit()).isEqualTo(ROUTES);
    assertThat(served(request(null)).timeLimit()).isNull();
  }

  @Test
  void callsAreMadeOnTheTermsOfTheirRequestWhichKnowsTheLastOne() {
    EdgeRequest request = request(null);

    assertThat(served(request).terms()).isEqualTo(new RequestTerms(false, "s1"));
    assertThat(request.lastCall())
        .hasValue(new EdgeRequest.Made("chat", null, Caller.user("alice")));
  }

  @Test
  void aScopeGivesBackWhatWasBoundBefore() {
    EdgeRequest outer = request(null);
    try (EdgeRequest.Scope first = EdgeRequest.open(outer)) {
      try (EdgeRequest.Scope second = EdgeRequest.open(null)) {
        assertThat(EdgeRequest.current()).isEmpty();
      }
      assertThat(EdgeRequest.current()).hasValue(outer);
    }
    assertThat(EdgeRequest.current()).isEmpty();
  }

  @Test
  void aCarrierTakesTheRequestAndWhomTheThreadWorksForAlong() {
    EdgeRequest request = request(null);
    CallerCarrier carrier = new CallerCarrier(EdgeRequest.sender());
    CompletableFuture<Optional<Caller>> there;
    CompletableFuture<Optional<EdgeRequest>> served;
    try (EdgeRequest.Scope ignored = EdgeRequest.open(request)) {
      Executor threads = carrier.executor(OTHER_THREAD);
      there = CompletableFuture.supplyAsync(CallerScope::opened, threads);
      served = CompletableFuture.supplyAsync(EdgeRequest::current, threads);
    }

    assertThat(there.join()).hasValue(Caller.user("alice"));
    assertThat(served.join()).hasValue(request);
  }

  @Test
  void aCarrierPrefersTheOpenScopeAndLeavesNothingBehind() throws Exception {
    CallerCarrier carrier = new CallerCarrier(() -> Optional.of(Caller.user("alice")));
    Optional<Caller> there =
        CallerScope.callAs(Caller.user("bob"), () -> carrier.carry(CallerScope::opened)).call();

    assertThat(there).hasValue(Caller.user("bob"));
    assertThat(CallerScope.opened()).isEmpty();
  }

  @Test
  void whomTheLibraryWorksForStaysTheLibrarysWord() throws Exception {
    CallerCarrier carrier = new CallerCarrier(Optional::empty);
    java.util.concurrent.Callable<Optional<Caller>> task;
    try (CallerScope ignored = CallerScope.carry(Caller.user("alice"))) {
      task = carrier.carry(CallerScope::carried);
    }

    assertThat(task.call()).hasValue(Caller.user("alice"));
  }
}
