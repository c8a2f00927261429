package io.github.resilientchat.redis;

import io.lettuce.core.api.sync.BaseRedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The access that the documentation says is enough, given to a user of a server. */
final class Access {

  static final String USER = "quotas";
  static final String PASSWORD = "secret";

  private static final Path PAGE = Path.of("..", "docs", "fleet.md");
  private static final Pattern IN_A_CLUSTER = Pattern.compile("in a cluster, `([^`]+)`");

  private Access() {}

  /**
   * @param cluster with what a cluster needs beside
   */
  static void give(BaseRedisCommands<String, String> server, boolean cluster) {
    acl(server, documented(cluster));
  }

  static void acl(BaseRedisCommands<String, String> server, List<String> words) {
    CommandArgs<String, String> said = new CommandArgs<>(StringCodec.UTF8);
    words.forEach(said::add);
    server.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), said);
  }

  /** What users asked for and were not given, in the server's words. */
  static List<Object> denied(BaseRedisCommands<String, String> server) {
    return server.dispatch(
        CommandType.ACL,
        new NestedMultiOutput<>(StringCodec.UTF8),
        new CommandArgs<>(StringCodec.UTF8).add("LOG"));
  }

  private static List<String> documented(boolean cluster) {
    String page = page();
    String line =
        page.lines().filter(one -> one.startsWith("ACL SETUSER")).findFirst().orElseThrow();
    String[] words = line.replace(">...", ">" + PASSWORD).split(" ");
    List<String> all = new ArrayList<>(List.of(words).subList(1, words.length));
    if (cluster) {
      Matcher more = IN_A_CLUSTER.matcher(page);
      if (!more.find()) {
        throw new IllegalStateException(PAGE + " names no access for a cluster");
      }
      all.addAll(List.of(more.group(1).split(" ")));
    }
    return all;
  }

  private static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
