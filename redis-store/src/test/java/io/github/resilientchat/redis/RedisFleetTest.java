package io.github.resilientchat.redis;

import static io.github.resilientchat.redis.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.fleet.News;
import io.github.resilientchat.core.fleet.Slices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What instances tell each other through a real Redis. */
class RedisFleetTest {

  private final EmbeddedRedis redis = EmbeddedRedis.start();
  private final List<RedisFleet> fleets = new ArrayList<>();

  @AfterEach
  void close() {
    fleets.forEach(RedisFleet::close);
    redis.close();
  }

  private RedisFleet instance(List<News> heard) {
    RedisFleet fleet = new RedisFleet(redis.client(), "fleet", 4);
    fleets.add(fleet);
    fleet.join(heard::add);
    return fleet;
  }

  /** Said once, and maybe before the way is open. */
  private static void tell(RedisFleet teller, News news, BooleanSupplier heard) {
    teller.tell(news);
    until(heard);
  }

  /** What this one said before, and maybe once more, was heard before its next word is. */
  private static void nothingIsUnderWay(RedisFleet teller, List<News> heard) {
    News next = new News.Works("next");
    tell(teller, next, () -> heard.contains(next));
  }

  /** As somebody ends it who is not heard: nobody publishes this. */
  private void endUnheard(String part) {
    redis.run(
        commands -> commands.hset("fleet:{all}:fleet", "d:" + part, "9000000000000 - somebody"));
  }

  private static boolean rests(List<News> heard, String domain) {
    return heard.stream()
        .anyMatch(news -> news instanceof News.Rests rests && rests.domain().equals(domain));
  }

  @Test
  void restsAreHeardByOthersAndByThoseWhoComeLater() {
    List<News> first = new CopyOnWriteArrayList<>();
    List<News> second = new CopyOnWriteArrayList<>();
    RedisFleet teller = instance(first);
    instance(second);
    News.Rests news = new News.Rests("account main", Duration.ofMinutes(10), true);
    tell(teller, news, () -> rests(second, "account main"));
    News.Rests heard = (News.Rests) second.get(0);
    assertThat(heard.firm()).isTrue();
    assertThat(heard.left()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));

    List<News> third = new CopyOnWriteArrayList<>();
    instance(third);
    until(() -> rests(third, "account main"));
    assertThat(first).isEmpty();
  }

  @Test
  void answerEndsTheRestForAllAndForThoseWhoComeLater() {
    List<News> first = new CopyOnWriteArrayList<>();
    List<News> second = new CopyOnWriteArrayList<>();
    RedisFleet one = instance(first);
    RedisFleet two = instance(second);
    tell(one, new News.Rests("open", Duration.ofMinutes(1), true), () -> rests(second, "open"));
    tell(two, new News.Rests("both", Duration.ofMinutes(1), true), () -> rests(first, "both"));
    // Said once: a second word that is under way might come after the end.
    one.tell(new News.Rests("account main", Duration.ofMinutes(10), false));
    until(() -> rests(second, "account main"));
    nothingIsUnderWay(one, second);
    two.tell(new News.Works("account main"));
    until(() -> first.contains(new News.Works("account main")));

    List<News> third = new CopyOnWriteArrayList<>();
    RedisFleet last = instance(third);
    tell(
        two, new News.Rests("quota x", Duration.ofMinutes(1), true), () -> rests(third, "quota x"));
    assertThat(rests(third, "account main")).isFalse();
    last.tell(new News.Works("quota x"));
  }

  @Test
  void drainsHoldUntilTheyAreEndedWhoeverEndsThem() {
    List<News> first = new CopyOnWriteArrayList<>();
    List<News> second = new CopyOnWriteArrayList<>();
    RedisFleet one = instance(first);
    RedisFleet two = instance(second);
    News drained = new News.Drained("region us-east-1");
    tell(one, drained, () -> second.contains(drained));
    nothingIsUnderWay(one, second);
    two.tell(new News.Undrained("region us-east-1"));
    until(() -> first.contains(new News.Undrained("region us-east-1")));

    List<News> third = new CopyOnWriteArrayList<>();
    instance(third);
    News other = new News.Drained("region us-west-2");
    tell(two, other, () -> third.contains(other));
    assertThat(third).containsOnly(other);
  }

  @Test
  void whatIsMissedIsFoundByLooking() {
    List<News> first = new CopyOnWriteArrayList<>();
    RedisFleet one = instance(first);
    News drained = new News.Drained("account main");
    List<News> second = new CopyOnWriteArrayList<>();
    RedisFleet two = instance(second);
    tell(two, drained, () -> first.contains(drained));
    endUnheard("account main");
    until(() -> first.contains(new News.Undrained("account main")));
    one.tell(new News.Works("x"));
  }

  @Test
  void endOfWhatOneToldItselfIsFoundByLooking() {
    List<News> first = new CopyOnWriteArrayList<>();
    List<News> second = new CopyOnWriteArrayList<>();
    RedisFleet one = instance(first);
    instance(second);
    News drained = new News.Drained("account main");
    tell(one, drained, () -> second.contains(drained));
    // A drain that is told again is still ended once all words have come.
    until(
        () -> {
          endUnheard("account main");
          return first.contains(new News.Undrained("account main"));
        });
  }

  @Test
  void restThatRunsOutIsNoAnswer() {
    List<News> first = new CopyOnWriteArrayList<>();
    List<News> second = new CopyOnWriteArrayList<>();
    RedisFleet one = instance(first);
    RedisFleet two = instance(second);
    News drained = new News.Drained("account main");
    tell(two, drained, () -> first.contains(drained));
    tell(one, new News.Rests("short", Duration.ofMillis(900), false), () -> rests(second, "short"));
    long[] left = {1};
    until(
        () -> {
          redis.run(commands -> left[0] = commands.hexists("fleet:{all}:fleet", "r:short") ? 1 : 0);
          return left[0] == 0;
        });
    // Who has found this out has looked since.
    endUnheard("account main");
    News undrained = new News.Undrained("account main");
    until(() -> first.contains(undrained) && second.contains(undrained));
    assertThat(first).doesNotContain(new News.Works("short"));
    assertThat(second).doesNotContain(new News.Works("short"));
  }

  /** An instance that always wants so much of one target. */
  private final class Wants implements Slices {
    private volatile double wanted;
    private volatile double slice;

    Wants(double wanted) {
      this.wanted = wanted;
    }

    @Override
    public Map<String, Double> wanted() {
      return Map.of("sonnet", wanted);
    }

    @Override
    public void slice(String target, double share) {
      slice = share;
    }
  }

  @Test
  void limitsAreSharedByWhatEachWantsAndNeverGivenTwice() {
    Wants busy = new Wants(0.9);
    Wants quiet = new Wants(0.1);
    RedisFleet one = instance(new CopyOnWriteArrayList<>());
    assertThat(one.firstSlice()).isEqualTo(0.25);
    one.share(busy);
    until(() -> busy.slice > 0.99);
    RedisFleet two = instance(new CopyOnWriteArrayList<>());
    two.share(quiet);
    until(
        () -> {
          redis.run(
              commands ->
                  assertThat(
                          commands.hvals("fleet:{all}:slices").stream()
                              .mapToLong(held -> Long.parseLong(held.split(" ")[0]))
                              .sum())
                      .isLessThanOrEqualTo(1_001_000));
          return quiet.slice > 0.08 && quiet.slice < 0.15 && busy.slice > 0.84;
        });
    busy.wanted = 0;
    until(() -> quiet.slice > 0.8);
    // A dead instance's slice is free within three seconds.
    two.close();
    until(() -> busy.slice > 0.99);
  }

  @Test
  void instanceThatCannotAskHasAnEqualSlice() {
    Wants busy = new Wants(0.9);
    instance(new CopyOnWriteArrayList<>()).share(busy);
    until(() -> busy.slice > 0.99);
    redis.signal("KILL");
    until(() -> busy.slice == 0.25);
    redis.startAgain();
    until(() -> busy.slice > 0.99);
  }

  @Test
  void everythingExpires() {
    RedisFleet teller = instance(new CopyOnWriteArrayList<>());
    List<News> heard = new CopyOnWriteArrayList<>();
    instance(heard);
    tell(teller, new News.Rests("a", Duration.ofMinutes(1), true), () -> rests(heard, "a"));
    redis.run(
        commands -> {
          for (String key : commands.keys("*")) {
            assertThat(commands.pttl(key)).as(key).isPositive();
          }
        });
  }
}
