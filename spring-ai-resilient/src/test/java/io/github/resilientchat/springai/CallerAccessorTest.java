package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerScope;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

class CallerAccessorTest {

  private static final Caller ALICE = Caller.user("alice");

  private final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();

  @Test
  void contextPropagationCarriesTheCallerFromAScopeIntoAReactorContext() {
    ContextSnapshot snapshot = CallerScope.callAs(ALICE, snapshots::captureAll);

    assertThat(CallerContext.in(snapshot.updateContext(Context.empty()))).contains(ALICE);
  }

  @Test
  void contextPropagationBindsTheCallerOfAReactorContextToTheThread() {
    try (ContextSnapshot.Scope ignored =
        snapshots.setThreadLocalsFrom(CallerContext.of(ALICE), CallerContext.KEY)) {
      assertThat(CallerScope.current()).contains(ALICE);
    }
    assertThat(CallerScope.current()).isEmpty();
  }
}
