package io.github.resilientchat.benchmarks.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.Arrays;

/** What no script of as many keys and words can be quicker than. */
final class Floor {

  private static final int ROUNDS = RedisFigures.BLOCKS * RedisFigures.IN_A_BLOCK;
  private static final int KEYS = 4;
  private static final int BYTES = 352;

  private Floor() {}

  static void print(RedisClient client) throws Exception {
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      RedisAsyncCommands<String, String> redis = connection.async();
      redis.configResetstat().get();
      String digest = redis.scriptLoad("return ''").get();
      String[] keys = new String[KEYS];
      Arrays.setAll(keys, at -> "floor:{all}:a:0123456789012345678" + at);
      String words = "x".repeat(BYTES);
      long[] scripts = new long[ROUNDS];
      for (int i = -ROUNDS; i < ROUNDS; i++) {
        if (Math.floorMod(i, RedisFigures.IN_A_BLOCK) == 0) {
          // In turn with as many pings, as admissions are.
          for (int ping = 0; ping < RedisFigures.IN_A_BLOCK; ping++) {
            redis.ping().get();
          }
        }
        long script =
            RedisFigures.timed(
                () -> redis.evalsha(digest, ScriptOutputType.VALUE, keys, words).get());
        if (i >= 0) {
          scripts[i] = script;
        }
      }
      System.out.println("script that does nothing    " + new Latencies(scripts));
      System.out.println("Redis' own time for it      " + ofScripts(connection));
    }
  }

  /** How long Redis itself takes for a script, by its own statistics. */
  static String ofScripts(StatefulRedisConnection<String, String> connection) {
    return connection
        .sync()
        .info("commandstats")
        .lines()
        .filter(line -> line.startsWith("cmdstat_evalsha:"))
        .map(line -> line.replaceAll(".*usec_per_call=([0-9.]+).*", "$1 us a call"))
        .findFirst()
        .orElse("unknown");
  }
}
