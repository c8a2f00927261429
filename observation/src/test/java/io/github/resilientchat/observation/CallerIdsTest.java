package io.github.resilientchat.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is who, and not who it is. */
class CallerIdsTest {

  private final CallerIds ids = CallerIds.keyed("a-secret-of-the-tests");

  @Test
  void idOfACallerIsTheSameUnderTheSameKeyWhateverItsGroups() {
    Caller alice = Caller.of("alice", "acme");

    assertThat(CallerIds.keyed("a-secret-of-the-tests").of(alice)).isEqualTo(ids.of(alice));
    assertThat(ids.of(new Caller("alice", "acme", Set.of("staff")))).isEqualTo(ids.of(alice));
    assertThat(ids.of(alice)).matches("[0-9a-f]{32}");
  }

  @Test
  void noTwoCallersShareOneAndNoOtherKeyGivesIt() {
    assertThat(
            List.of(
                ids.of(Caller.user("alice")),
                ids.of(Caller.user("bob")),
                ids.of(Caller.of("alice", "acme")),
                ids.of(Caller.of("ealice", "acm")),
                ids.of(Caller.of("alice", "1:")),
                CallerIds.random().of(Caller.user("alice")),
                CallerIds.random().of(Caller.user("alice"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void whoNamesNoUserIsAnonymous() {
    assertThat(ids.of(Caller.ANONYMOUS)).isEqualTo("anonymous");
  }
}
