package io.github.resilientchat.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.adapter.CallerChain;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Work that is handed over where a resolver throws. */
class CallerCarrierTest {

  private static final IllegalStateException NO_REQUEST =
      new IllegalStateException("No thread-bound request found");

  private final CallerCarrier carrier =
      new CallerCarrier(
          () -> {
            throw NO_REQUEST;
          });
  private final CallerChain call = new CallerChain(Optional::empty);

  private Caller callersName() {
    return call.resolve(null, null, null);
  }

  @Test
  void workThatMakesNoCallRuns() {
    AtomicBoolean ran = new AtomicBoolean();
    carrier.carry(() -> ran.set(true)).run();
    carrier
        .executor(Runnable::run)
        .execute(() -> assertThat(CallerScope.current()).as("nobody").isEmpty());

    assertThat(ran).isTrue();
  }

  @Test
  void aCallThatTheWorkMakesEndsWithWhatTheResolverThrew() throws Exception {
    Callable<Caller> task = carrier.carry(this::callersName);

    assertThatThrownBy(task::call).isSameAs(NO_REQUEST);
    assertThat(callersName()).as("nothing is left behind").isEqualTo(Caller.ANONYMOUS);
  }

  @Test
  void whoIsNamedNearerToTheCallComesFirst() throws Exception {
    Caller alice = Caller.user("alice");
    assertThat(carrier.carry(() -> call.resolve(alice, null, null)).call()).isEqualTo(alice);
    assertThat(carrier.carry(() -> CallerScope.callAs(alice, this::callersName)).call())
        .isEqualTo(alice);
  }

  @Test
  void whoIsUnknownStaysSoWhenTheWorkIsHandedOnAgain() throws Exception {
    CallerCarrier next = new CallerCarrier(() -> Optional.of(Caller.user("of another thread")));
    Callable<Callable<Caller>> task = carrier.carry(() -> next.carry(this::callersName));
    Callable<Caller> handedOn = task.call();

    assertThatThrownBy(handedOn::call).isSameAs(NO_REQUEST);
  }
}
