package io.github.resilientchat.streaming;

import io.github.resilientchat.simulator.Answer;
import java.util.List;
import java.util.stream.IntStream;

/** What each account says, in words that no other account uses. */
final class Words {

  static final String BLUE = "blue";
  static final String GREEN = "green";

  private static final int COUNT = 5;

  /** Of a text answer: messageStart, the words, contentBlockStop, messageStop, metadata. */
  static final int FRAMES = COUNT + 4;

  private Words() {}

  static Answer of(String account) {
    return Answer.words(
        IntStream.range(0, COUNT).mapToObj(index -> account + index + " ").toList());
  }

  static String textOf(String account) {
    return String.join("", of(account).words());
  }

  /** How many words of a text so many frames hold. */
  static int heardAfter(int frames) {
    return Math.max(0, Math.min(frames - 1, COUNT));
  }

  /** The text of the first so many words. */
  static String textOf(String account, int words) {
    return String.join("", of(account).words().subList(0, words));
  }

  /** An answer that is soon over. */
  static Answer brief(String account) {
    return Answer.words(List.of(account));
  }

  static Answer withReasoning() {
    return of(BLUE).withReasoning("blue thought", "signature");
  }

  static Answer withTool(String account) {
    return Answer.toolUse("tool-1", account + "Tool", "{\"of\":\"" + account + "\"}");
  }

  /** Goes on for longer than any deadline here. */
  static Answer endless() {
    return Answer.words(IntStream.range(0, 2_000).mapToObj(index -> BLUE + index + " ").toList());
  }

  static boolean ofBlue(String content) {
    return content.contains(BLUE);
  }

  /** Whether all of it was said by one account. */
  static boolean ofOneAccount(List<? extends String> contents) {
    return List.of(BLUE, GREEN).stream()
        .anyMatch(account -> contents.stream().allMatch(content -> content.contains(account)));
  }
}
