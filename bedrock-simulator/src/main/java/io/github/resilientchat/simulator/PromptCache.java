package io.github.resilientchat.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The prefixes of prompts that are cached up to a cache point, for each account, source Region and
 * model: five minutes or an hour from the last use. A prefix is the same only to the byte: tools,
 * system, messages, in this order. Thread-safe.
 */
final class PromptCache {

  /** Shorter prefixes are not cached; the least of any model (prompt-caching, User Guide). */
  static final long LEAST_TOKENS = 1_024;

  private static final int MOST_PREFIXES = 10_000;
  private static final Duration SHORT = Duration.ofMinutes(5);
  private static final Duration LONG = Duration.ofHours(1);

  /**
   * What the cache did for a request.
   *
   * @param read tokens that it held
   * @param write tokens that it holds from now on
   * @param writeHour of these, the ones that it holds for an hour
   */
  record Use(long read, long write, long writeHour) {
    static final Use NONE = new Use(0, 0, 0);
  }

  private final InstantSource clock;
  private final Map<String, Instant> until =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MOST_PREFIXES;
        }
      };

  PromptCache(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void clear() {
    until.clear();
  }

  /** Looks a request's prefixes up, and keeps those that are marked. */
  synchronized Use use(Caller caller, Target target, ConverseRequest request) {
    Reading reading =
        new Reading(caller.account() + "/" + caller.region() + "/" + target.model().id());
    reading.blocks(request.json().path("toolConfig").path("tools"));
    reading.blocks(request.json().path("system"));
    for (JsonNode message : request.json().path("messages")) {
      reading.text(message.path("role").asText());
      reading.blocks(message.path("content"));
    }
    return new Use(
        reading.read,
        Math.max(0, reading.marked - reading.read),
        Math.max(0, reading.markedForAnHour - reading.read));
  }

  /** One look over a request, from its first block to its last. */
  private final class Reading {

    private final MessageDigest digest = sha256();
    private final Instant now = clock.instant();
    private long characters;
    private long read;
    private long marked;
    private long markedForAnHour;

    Reading(String place) {
      text(place);
      characters = 0;
    }

    void text(String text) {
      digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    void blocks(JsonNode blocks) {
      for (JsonNode block : blocks) {
        if (block.has("cachePoint")) {
          mark(block.get("cachePoint").path("ttl").asText().equals("1h") ? LONG : SHORT);
        } else {
          text(block.toString());
          characters += ConverseRequest.characters(block);
        }
      }
    }

    private void mark(Duration ttl) {
      long tokens = Tokens.ofCharacters(characters);
      if (tokens < LEAST_TOKENS) {
        return;
      }
      String prefix = HexFormat.of().formatHex(copy().digest());
      Instant end = until.get(prefix);
      if (end != null && end.isAfter(now)) {
        read = tokens;
      }
      marked = tokens;
      // What is kept for an hour comes before what is kept for less (prompt-caching, User Guide).
      markedForAnHour = ttl == LONG ? tokens : markedForAnHour;
      until.put(prefix, now.plus(ttl));
    }

    private MessageDigest copy() {
      try {
        return (MessageDigest) digest.clone();
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
