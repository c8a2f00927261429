package io.github.resilientchat.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script that Redis runs by its digest; sent as a whole where it is not known any more. */
final class Script {

  private static final Pattern INNER_CODE = Pattern.compile(": -([A-Z]{3,}) ");

  private final String source;
  private final String digest;

  private Script(String source) {
    this.source = source;
    try {
      byte[] sha1 =
          MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
      this.digest = HexFormat.of().formatHex(sha1);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  static Script load(String name) {
    try (InputStream in = Script.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new Script(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }

  /**
   * @param <T> what the output brings
   */
  <T> CompletionStage<T> run(
      RedisClusterAsyncCommands<byte[], byte[]> redis,
      ScriptOutputType output,
      byte[][] keys,
      byte[]... arguments) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    redis
        .<T>evalsha(digest, output, keys, arguments)
        .whenComplete(
            (said, fault) -> {
              if (fault == null) {
                answer.complete(said);
              } else if (causeOf(fault) instanceof RedisNoScriptException) {
                // Its own memory is gone, after SCRIPT FLUSH or a fail-over: nothing has happened.
                send(redis, output, keys, arguments, answer);
              } else {
                answer.completeExceptionally(coded(causeOf(fault)));
              }
            });
    return answer;
  }

  private <T> void send(
      RedisClusterAsyncCommands<byte[], byte[]> redis,
      ScriptOutputType output,
      byte[][] keys,
      byte[][] arguments,
      CompletableFuture<T> answer) {
    try {
      redis
          .<T>eval(source, output, keys, arguments)
          .whenComplete(
              (said, fault) -> {
                if (fault == null) {
                  answer.complete(said);
                } else {
                  answer.completeExceptionally(coded(causeOf(fault)));
                }
              });
    } catch (RuntimeException away) {
      answer.completeExceptionally(away);
    }
  }

  private static Throwable causeOf(Throwable fault) {
    return fault instanceof CompletionException && fault.getCause() != null
        ? fault.getCause()
        : fault;
  }

  /** Redis before 7 hides the code of what failed in a script behind the place where it did. */
  private static Throwable coded(Throwable cause) {
    if (cause instanceof RedisCommandExecutionException && cause.getMessage() != null) {
      Matcher code = INNER_CODE.matcher(cause.getMessage());
      if (code.find()) {
        return new RedisCommandExecutionException(code.group(1) + " in a script", cause);
      }
    }
    return cause;
  }
}
