package io.github.resilientchat.streaming;

import static io.github.resilientchat.streaming.Expected.answered;
import static io.github.resilientchat.streaming.Expected.interrupted;
import static io.github.resilientchat.streaming.Seen.faulted;
import static io.github.resilientchat.streaming.Seen.served;
import static io.github.resilientchat.streaming.Words.BLUE;
import static io.github.resilientchat.streaming.Words.GREEN;

import io.github.resilientchat.simulator.Fault;
import java.util.List;
import java.util.function.IntFunction;

/** The answer breaks on its way, after each number of frames. */
final class BrokenBodyCases {

  static final String QUEUED_WORDS =
      "ok, but Spring AI's model drops words that are still queued when an error comes behind";
  private static final String UNREAD_WORDS =
      "ok, but a TCP reset discards what the client has not read yet";
  private static final String WORDS_BESIDE =
      "ok, but the SDK drops what it has read together with a broken frame";

  /** As if no word had been sent. */
  static final Expected MOVED = answered(faulted(BLUE), served(GREEN));

  private BrokenBodyCases() {}

  static List<Case> all() {
    return List.of(
        Case.of("connection reset", Fault.reset().account(BLUE))
            .all(answered(faulted(BLUE), served(GREEN))),
        Case.of("empty stream", Fault.emptyStream().account(BLUE))
            .streams(answered(faulted(BLUE), served(GREEN)))
            .notBlocking(Cases.NO_FRAMES),
        broken("exception at every frame", Trouble::throttledAfter),
        broken("truncation at every frame", Fault::truncate),
        broken("cut at every frame", Fault::cut),
        Case.atEveryFrame("TCP reset at every frame", Fault::streamReset)
            .handler(frames -> brokenAfter(frames).mayLose(UNREAD_WORDS))
            .flux(frames -> brokenAfter(frames).mayLose(UNREAD_WORDS))
            .notBlocking(Cases.NO_FRAMES),
        Case.atEveryFrame("bad checksum at every frame", Fault::badChecksum)
            .handler(frames -> brokenAfter(frames).mayLose(WORDS_BESIDE))
            .flux(frames -> brokenAfter(frames).mayLose(WORDS_BESIDE))
            .notBlocking(Cases.NO_FRAMES));
  }

  private static Case broken(String name, IntFunction<Fault> fault) {
    return Case.atEveryFrame(name, fault)
        .handler(BrokenBodyCases::brokenAfter)
        .flux(frames -> brokenAfter(frames).mayLose(QUEUED_WORDS))
        .notBlocking(Cases.NO_FRAMES);
  }

  /** Moves before the first word, is interrupted after it, and does not care once all has come. */
  private static Expected brokenAfter(int frames) {
    if (frames == Words.FRAMES) {
      return answered(faulted(BLUE));
    }
    int words = Words.heardAfter(frames);
    return words == 0 ? MOVED : interrupted(words, faulted(BLUE));
  }
}
