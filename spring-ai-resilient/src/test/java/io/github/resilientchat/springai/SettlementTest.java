package io.github.resilientchat.springai;

import static io.github.resilientchat.springai.ScriptedChatModel.end;
import static io.github.resilientchat.springai.ScriptedChatModel.reasoning;
import static io.github.resilientchat.springai.ScriptedChatModel.streaming;
import static io.github.resilientchat.springai.ScriptedChatModel.text;
import static io.github.resilientchat.springai.ScriptedChatModel.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.LimitLedger;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.RoutePolicy;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** What a stream without a word on usage costs its caller. */
class SettlementTest extends VirtualTimeTest {

  private static final long TOKENS = 1_000;

  /** 7 characters, 2 tokens; 500 more are reserved for the answer. */
  private static final Prompt ASKED =
      new Prompt("abcdefg", ChatOptions.builder().maxTokens(500).build());

  /** 35 characters, 10 tokens. */
  private static final String SAID = "x".repeat(35);

  private LimitLedger quota;

  @BeforeEach
  void openAccount() {
    quota = new LimitLedger(Limits.parse(TOKENS + "tpm"), () -> time.now(TimeUnit.NANOSECONDS));
  }

  @Test
  void streamThatItsCallerLeavesCostsWhatWasReceived() {
    StepVerifier.create(stream(Flux.just(text(SAID)).concatWith(Flux.never())))
        .expectNextCount(1)
        .thenCancel()
        .verify();

    assertThat(spent()).isEqualTo(2 + 10);
  }

  @Test
  void brokenStreamCostsWhatWasReceived() {
    StepVerifier.create(
            stream(Flux.just(text(SAID), text(SAID)).concatWith(Flux.error(new IOException()))))
        .expectNextCount(2)
        .expectErrorSatisfies(
            error ->
                assertThat(((StreamInterruptedException) error).tokensReceived()).isEqualTo(20))
        .verify();

    assertThat(spent()).isEqualTo(2 + 20);
  }

  @Test
  void reasoningCosts() {
    StepVerifier.create(stream(Flux.just(reasoning(SAID)).concatWith(Flux.never())))
        .expectNextCount(1)
        .thenCancel()
        .verify();

    assertThat(spent()).isEqualTo(2 + 10);
  }

  @Test
  void toolCallsCost() {
    StepVerifier.create(
            stream(Flux.just(toolCall("book", SAID.substring(4))).concatWith(Flux.never())))
        .thenAwait()
        .thenCancel()
        .verify();

    assertThat(spent()).isEqualTo(2 + 10);
  }

  @Test
  void toolArgumentsThatOnlyTheClientSawCostBesideTheText() {
    Flux<ChatResponse> answer =
        Flux.defer(
            () -> {
              Exchange exchange = Exchange.current().orElseThrow();
              return Flux.just(text(SAID))
                  .doOnNext(part -> exchange.progressed(SAID.length()))
                  .doOnComplete(() -> exchange.progressed(SAID.length()))
                  .concatWith(Flux.error(new IOException()));
            });

    StepVerifier.create(stream(answer))
        .expectNextCount(1)
        .expectErrorSatisfies(
            error ->
                assertThat(((StreamInterruptedException) error).tokensReceived()).isEqualTo(20))
        .verify();

    assertThat(spent()).isEqualTo(2 + 20);
  }

  @Test
  void streamThatItsCallerLeavesBeforeAnythingCameCostsWhatWasReserved() {
    StepVerifier.create(stream(Flux.never()))
        .then(() -> assertThat(spent()).isEqualTo(502))
        .thenCancel()
        .verify();

    assertThat(spent()).isEqualTo(502);
  }

  @Test
  void wordOnUsageReplacesTheEstimate() {
    StepVerifier.create(stream(Flux.just(text(SAID), end(30, 40))))
        .expectNextCount(2)
        .verifyComplete();

    assertThat(spent()).isEqualTo(70);
  }

  @Test
  void callerOfTheReactorContextIsTheOneWhoPays() {
    Caller alice = Caller.of("alice", "acme");

    StepVerifier.create(stream(Flux.just(end(1, 1))).contextWrite(CallerContext.of(alice)))
        .expectNextCount(1)
        .verifyComplete();

    assertThat(lastCall().caller()).isEqualTo(alice);
  }

  private Flux<ChatResponse> stream(Flux<ChatResponse> script) {
    Engine.Builder engine =
        Engine.builder()
            .quotas(
                call ->
                    new Admission.Granted((Reservation) quota.tryReserve(call.estimate().total())));
    return model(engine, RoutePolicy.DEFAULTS, streaming(script)).stream(ASKED);
  }

  private long spent() {
    return TOKENS - quota.remainingTokens().orElseThrow();
  }
}
