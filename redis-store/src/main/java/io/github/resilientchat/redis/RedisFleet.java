package io.github.resilientchat.redis;

import io.github.resilientchat.core.fleet.Fleet;
import io.github.resilientchat.core.fleet.News;
import io.github.resilientchat.core.fleet.Slices;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fleet whose instances tell each other by Redis' publishing, and look every 750 milliseconds at
 * what holds, so that what was not heard is known within a second. What Redis could not be told is
 * said at each look until it has it, and what it has lost is told it again: a drain that Redis
 * forgot goes on. Once a second they share the limits of targets by what each wants; a slice is
 * held for three seconds, and nobody is given what another one holds. One thread of its own; while
 * Redis is away, each instance knows what it finds out itself, and has an equal slice.
 */
public final class RedisFleet implements Fleet {

  private static final Logger LOG = LoggerFactory.getLogger(RedisFleet.class);
  static final Script SCRIPT = Script.load("fleet.lua");

  /** What is not heard is known within a second: looking takes its time, too. */
  private static final long LOOK_MILLIS = 750;

  private static final long SHARE_MILLIS = 1_000;
  private static final int WORDS = 4;

  private final String me = name();
  private final Slicing slicing;
  private final AbstractRedisClient client;
  private final Line line;
  private final byte[][] keys;
  private final String channel;
  private final ScheduledThreadPoolExecutor thread;
  private final KnownNews known = new KnownNews();
  private @Nullable Consumer<News> ear;
  private @Nullable StatefulRedisPubSubConnection<String, String> listening;

  /**
   * A fleet over an application's client, which stays the application's.
   *
   * @param prefix what all keys begin with, as the store's
   * @param expectedInstances among how many limits are shared until they know of each other
   */
  public RedisFleet(AbstractRedisClient client, String prefix, int expectedInstances) {
    if (expectedInstances < 1) {
      throw new IllegalArgumentException(
          "at least one instance must be expected: " + expectedInstances);
    }
    this.slicing = new Slicing(me, prefix, 1.0 / expectedInstances);
    this.client = client;
    this.line = new Line(client, prefix, new byte[1]);
    this.keys = new byte[][] {(prefix + ":{all}:fleet").getBytes(StandardCharsets.UTF_8)};
    this.channel = prefix + ":fleet";
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, "resilient-chat-fleet");
              made.setDaemon(true);
              return made;
            });
    thread.setRemoveOnCancelPolicy(true);
    // What comes after the end is nobody's.
    thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static String name() {
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  @Override
  public void share(Slices slices) {
    thread.scheduleWithFixedDelay(
        () -> slicing.look(slices, line, this::run), 0, SHARE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public double firstSlice() {
    return slicing.first();
  }

  @Override
  public void tell(News news) {
    FleetWord word = FleetWord.of(news);
    run(() -> send(known.says(word), false));
  }

  /**
   * @param again whether Redis has lost it: then whoever has spoken since is right
   */
  private void send(KnownNews.Said said, boolean again) {
    FleetWord word = said.word();
    try {
      SCRIPT
          .run(
              line.session().redis(),
              ScriptOutputType.MULTI,
              keys,
              Words.of("tell")
                  .add(me)
                  .add(word.field())
                  .add(channel)
                  .add(word.left().toMillis())
                  .add(word.flag())
                  .add(again ? "1" : "0")
                  .all())
          .thenRun(said::told);
    } catch (RuntimeException away) {
      LOG.debug("the fleet will be told later: {}", away.getClass().getName());
    }
  }

  @Override
  public void join(Consumer<News> listener) {
    thread.execute(() -> ear = listener);
    thread.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    known.untold().forEach(said -> send(said, false));
    try {
      listen();
      SCRIPT
          .<List<Object>>run(
              line.session().redis(), ScriptOutputType.MULTI, keys, Words.of("look").add(me).all())
          .thenAccept(all -> run(() -> compare(all)));
    } catch (RuntimeException away) {
      LOG.debug("the fleet is not heard: {}", away.getClass().getName());
    }
  }

  private void run(Runnable task) {
    thread.execute(task);
  }

  private void listen() {
    if (listening != null) {
      return;
    }
    StatefulRedisPubSubConnection<String, String> connection =
        client instanceof RedisClusterClient cluster
            ? cluster.connectPubSub(StringCodec.UTF8)
            : ((RedisClient) client).connectPubSub(StringCodec.UTF8);
    connection.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String from, String text) {
            run(() -> heard(text));
          }
        });
    connection.async().subscribe(channel);
    listening = connection;
  }

  /** {@code who left flag field} */
  private void heard(String text) {
    String[] words = text.split(" ", WORDS);
    if (words.length < WORDS || words[0].equals(me) || known.waits(words[3])) {
      return;
    }
    FleetWord word = word(words[3], words[1], words[2]);
    known.hears(word);
    // Who only heard of a rest waits a little longer: its end is news when its time is over, too.
    pass(word);
  }

  /** What Redis knows of all others; what it has lost is told again. */
  private void compare(List<Object> all) {
    Set<String> there = new HashSet<>();
    for (int at = 0; at + 1 < all.size(); at += 2) {
      String field = text(all.get(at));
      String[] value = text(all.get(at + 1)).split(" ");
      there.add(field);
      if (value.length == 3 && !value[2].equals(me) && !known.waits(field)) {
        FleetWord word = word(field, value[0], value[1]);
        if (known.hears(word)) {
          pass(word);
        }
      }
    }
    List<KnownNews.Said> lost = known.lost(there);
    if (there.isEmpty() && !lost.isEmpty()) {
      LOG.info(
          "Redis has lost what the fleet told each other: {} drains and rests are told again",
          lost.size());
    }
    lost.forEach(said -> send(said, true));
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  private static FleetWord word(String field, String left, String flag) {
    return new FleetWord(field, flag, Duration.ofMillis(Long.parseLong(left)));
  }

  private void pass(FleetWord word) {
    @Nullable News news = word.news();
    @Nullable Consumer<News> listener = ear;
    if (news != null && listener != null) {
      try {
        listener.accept(news);
      } catch (RuntimeException fault) {
        LOG.warn("news of the fleet could not be taken: {}", fault.getClass().getName());
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    line.close();
    StatefulRedisPubSubConnection<String, String> connection = listening;
    if (connection != null && connection.isOpen()) {
      connection.closeAsync();
    }
  }
}
