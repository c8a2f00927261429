package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Signals;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What room the targets of an engine have, found out by making calls. */
final class Room {

  /** Every rest that a failure can bring is over, and every limit of a window is full again. */
  private static final Duration LONG_AFTER = Duration.ofHours(1);

  private final Engine engine;
  private final Lab lab;
  private final Before before;
  private volatile Signals signals;

  Room(Engine engine, Lab lab, Before before) {
    this.engine = engine;
    this.lab = lab;
    this.before = before;
  }

  static Target target(String account, Before before) {
    return Target.builder(account)
        .model(Lab.MODEL)
        .region("us-east-1")
        .account(account)
        .limits(before.limits)
        .build();
  }

  void listen(Signals value) {
    signals = value;
  }

  /** Takes one request of a window. */
  void useUp(String account) {
    take(account).completed(null);
  }

  /** Long after the call, and with nothing wrong any more, either target lets in and answers. */
  void check(Clock clock) {
    // No limit notices: what strategies see of a target that seems busy for ever.
    assertThat(inFlight(Words.BLUE) + inFlight(Words.GREEN)).as("attempts under way").isZero();
    clock.leap(LONG_AFTER);
    lab.heal();
    answers(Words.BLUE);
    answers(Words.GREEN);
  }

  /** A call that only this target may answer, in the last of its slots. */
  private void answers(String account) {
    List<Attempt> others = new ArrayList<>();
    for (int slot = 1; slot < before.slots; slot++) {
      others.add(take(account));
    }
    String answer =
        ResilientChatModel.builder()
            .engine(engine)
            .target(target(account, before), lab.chat(account))
            .build()
            .chat("hello again");
    assertThat(answer).isEqualTo(account);
    others.forEach(Attempt::cancelled);
  }

  private Attempt take(String account) {
    Route route = Route.named(account).tier(target(account, before)).build();
    Step step =
        engine.router(route).begin(ModelCall.blocking(Account.OTHERS, new TokenEstimate(0, 1)));
    assertThat(step).as("an attempt at %s", account).isInstanceOf(Attempt.class);
    return (Attempt) step;
  }

  private int inFlight(String account) {
    return signals.of(target(account, before)).inFlight();
  }
}
