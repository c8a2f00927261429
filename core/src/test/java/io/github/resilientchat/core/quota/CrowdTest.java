package io.github.resilientchat.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Those who are too many for a share of their own. */
class CrowdTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Crowd crowd = new Crowd();

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 5_000, 40_000})
  void weighsAboutWhatTheyWeighHoweverOftenTheyAsk(int many) {
    for (int time = 0; time < 3; time++) {
      for (int user = 0; user < many; user++) {
        crowd.asks("user-" + user, 2, SECOND);
      }
    }

    assertThat(crowd.weight(SECOND)).isCloseTo(2.0 * many, Percentage.withPercentage(10));
    assertThat(crowd.weight(61 * SECOND)).isCloseTo(2.0 * many, Percentage.withPercentage(10));
    assertThat(crowd.weight(200 * SECOND)).as("they are gone").isEqualTo(1);
  }

  @Test
  void whoComesWhenThereAreManyIsNotHeldToOneShareOfAll() {
    FairShares shares = new FairShares(enough -> 0.05);
    Caller loud = Caller.user("loud");
    shares.took(loud, 1, 30_000, true, SECOND);
    shares.asked(loud, 1, 70_000, SECOND);
    int most = FairShares.MOST_FLOWS + 500;
    for (int user = 1; user < most; user++) {
      shares.took(Caller.user("user-" + user), 1, 100, true, SECOND);
    }

    assertThat(shares.mayEnter(Caller.user("user-" + (most - 1)), 2 * SECOND)).isTrue();
    assertThat(shares.mayEnter(Caller.user("newcomer"), 2 * SECOND)).isTrue();
    assertThat(shares.mayEnter(loud, 2 * SECOND)).isFalse();
  }
}
