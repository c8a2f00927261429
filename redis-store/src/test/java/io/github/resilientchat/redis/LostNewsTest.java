package io.github.resilientchat.redis;

import static io.github.resilientchat.redis.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.fleet.News;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What instances know of each other while Redis cannot be told, and when it has lost it all. */
class LostNewsTest {

  private static final News A = new News.Drained("account a");
  private static final News A_IS_BACK = new News.Undrained("account a");
  private static final News B = new News.Drained("account b");

  private final EmbeddedRedis redis = EmbeddedRedis.start();
  private final List<RedisFleet> fleets = new ArrayList<>();
  private final List<News> first = new CopyOnWriteArrayList<>();
  private final List<News> second = new CopyOnWriteArrayList<>();
  private final RedisFleet one = instance(first);
  private final RedisFleet two = instance(second);

  private RedisFleet instance(List<News> heard) {
    RedisFleet fleet = new RedisFleet(redis.client(), "fleet", 4);
    fleets.add(fleet);
    fleet.join(heard::add);
    return fleet;
  }

  @AfterEach
  void close() {
    fleets.forEach(RedisFleet::close);
    redis.close();
  }

  private static boolean rests(List<News> heard, String domain) {
    return heard.stream()
        .anyMatch(news -> news instanceof News.Rests rests && rests.domain().equals(domain));
  }

  private void tell(RedisFleet teller, News news, List<News> listener) {
    teller.tell(news);
    until(() -> listener.contains(news));
  }

  /** What somebody hears who comes now, until she has heard this. */
  private List<News> heardUntil(News news) {
    List<News> late = new CopyOnWriteArrayList<>();
    instance(late);
    until(() -> late.contains(news));
    return late;
  }

  @Test
  void drainsAndRestsThatRedisLosesGoOn() {
    tell(one, A, second);
    tell(two, B, first);
    one.tell(new News.Rests("account c", Duration.ofMinutes(10), true));
    until(() -> rests(second, "account c"));
    redis.signal("KILL");
    redis.startAgain();

    List<News> late = heardUntil(A);
    until(() -> late.contains(B) && rests(late, "account c"));
    assertThat(first).doesNotContain(A_IS_BACK, new News.Undrained("account b"));
    assertThat(second)
        .doesNotContain(A_IS_BACK, new News.Undrained("account b"), new News.Works("account c"));
    // It is told as before.
    tell(two, A_IS_BACK, first);
    until(() -> late.contains(A_IS_BACK));
  }

  @Test
  void whatIsForgottenByRedisAndEndedBySomebodyIsOver() {
    tell(one, A, second);
    redis.signal("KILL");
    one.tell(A_IS_BACK);
    one.tell(B);
    one.tell(new News.Rests("account c", Duration.ofMinutes(10), true));
    redis.startAgain();

    until(() -> second.contains(A_IS_BACK) && second.contains(B) && rests(second, "account c"));
    // The last word is kept, whoever still thought that it is drained.
    redis.run(
        commands -> assertThat(commands.hget("fleet:{all}:fleet", "d:account a")).contains(" - "));
    assertThat(heardUntil(B)).doesNotContain(A);
  }

  @Test
  void whatRedisDoesNotTakeIsToldWhenItDoes() {
    tell(two, A, first);
    redis.run(commands -> commands.replicaof("127.0.0.1", EmbeddedRedis.freePort()));
    one.tell(A_IS_BACK);
    one.tell(B);
    redis.run(commands -> commands.replicaofNoOne());

    until(() -> second.contains(A_IS_BACK) && second.contains(B));
    assertThat(heardUntil(B)).doesNotContain(A);
  }

  @Test
  void lastWordIsToldOfWhatChangedWhileRedisWasAway() {
    redis.signal("KILL");
    one.tell(A);
    one.tell(A_IS_BACK);
    one.tell(new News.Rests("account c", Duration.ofMinutes(10), true));
    one.tell(new News.Works("account c"));
    one.tell(B);
    redis.startAgain();

    until(() -> second.contains(B));
    List<News> late = heardUntil(B);
    assertThat(late).doesNotContain(A);
    assertThat(rests(late, "account c")).isFalse();
  }
}
