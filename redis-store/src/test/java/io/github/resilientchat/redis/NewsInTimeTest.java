package io.github.resilientchat.redis;

import static io.github.resilientchat.redis.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.fleet.News;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How soon instances know what one of them has told. */
class NewsInTimeTest {

  private final EmbeddedRedis redis = EmbeddedRedis.start();
  private final List<RedisFleet> fleets = new ArrayList<>();

  @AfterEach
  void close() {
    fleets.forEach(RedisFleet::close);
    redis.close();
  }

  private RedisFleet instance(RedisClient client, List<News> heard) {
    RedisFleet fleet = new RedisFleet(client, "fleet", 4);
    fleets.add(fleet);
    fleet.join(heard::add);
    return fleet;
  }

  private static boolean rests(List<News> heard, String domain) {
    return heard.stream()
        .anyMatch(news -> news instanceof News.Rests rests && rests.domain().equals(domain));
  }

  /**
   * How long it took until a word was heard.
   *
   * @param stood of it, how long the machine did not go on
   */
  private record Took(long nanos, long stood) {

    long millis() {
      return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    long millisThatWentOn() {
      return TimeUnit.NANOSECONDS.toMillis(nanos - stood);
    }
  }

  /** All but what a slow machine may hold up. */
  private static void assertWithinASecond(List<Took> all) {
    List<Long> times = all.stream().map(Took::millisThatWentOn).sorted().toList();
    assertThat(times.get(times.size() - 3)).as(times.toString()).isLessThan(1_000);
  }

  private static Took told(Hiccups hiccups, RedisFleet teller, News news, BooleanSupplier heard) {
    long begin = System.nanoTime();
    long hiccupsBefore = hiccups.nanos();
    teller.tell(news);
    until(heard);
    long stood = hiccups.nanos() - hiccupsBefore;
    return new Took(System.nanoTime() - begin, stood);
  }

  /** Drains, their ends, and rests, one after another. */
  private static List<Took> told(RedisFleet teller, List<News> heard) {
    try (Hiccups hiccups = Hiccups.watched()) {
      return told(hiccups, teller, heard);
    }
  }

  private static List<Took> told(Hiccups hiccups, RedisFleet teller, List<News> heard) {
    List<Took> times = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      News drained = new News.Drained("account a" + i);
      News undrained = new News.Undrained("account a" + i);
      String rests = "quota q" + i;
      times.add(told(hiccups, teller, drained, () -> heard.contains(drained)));
      times.add(told(hiccups, teller, undrained, () -> heard.contains(undrained)));
      times.add(
          told(
              hiccups,
              teller,
              new News.Rests(rests, Duration.ofMinutes(5), true),
              () -> rests(heard, rests)));
    }
    return times;
  }

  @Test
  void whatOneLearnsIsKnownToAllWithinASecond() {
    List<News> heard = new CopyOnWriteArrayList<>();
    RedisFleet teller = instance(redis.client(), new CopyOnWriteArrayList<>());
    instance(redis.anotherClient(), heard);
    News first = new News.Drained("account first");
    teller.tell(first);
    until(() -> heard.contains(first));
    assertWithinASecond(told(teller, heard));
  }

  /** Who may not subscribe hears nothing, and looks. */
  @Test
  void whatOneLearnsIsKnownWithinASecondToWhoHearsNothing() {
    redis.run(
        server ->
            Access.acl(
                server,
                List.of("SETUSER", "deaf", "on", ">secret", "~*", "resetchannels", "+@all")));
    RedisClient deaf =
        RedisClient.create(
            RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(redis.port())
                .withAuthentication("deaf", "secret".toCharArray())
                .build());
    List<News> heard = new CopyOnWriteArrayList<>();
    RedisFleet teller = instance(redis.client(), new CopyOnWriteArrayList<>());
    instance(deaf, heard);
    News first = new News.Drained("account first");
    teller.tell(first);
    until(() -> heard.contains(first));
    List<Took> all = told(teller, heard);
    redis.run(server -> assertThat(Access.denied(server)).isNotEmpty());
    assertWithinASecond(all);
    // It is the look that brings them: some take longer than any word would.
    assertThat(all).anyMatch(took -> took.millis() > 100);
    fleets.forEach(RedisFleet::close);
    deaf.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }
}
