package io.github.resilientchat.streaming;

import io.github.resilientchat.simulator.Answer;
import java.util.List;
import java.util.stream.IntStream;

/** What each account says, in words that no other account uses. */
final class Words {

  static final String BLUE = "blue";
  static final String GREEN = "green";

  /** Of a text answer: messageStart, the words, contentBlockStop, messageStop, metadata. */
  static final int FRAMES = 12;

  private static final int COUNT = 8;

  private Words() {}

  static Answer of(String account) {
    return Answer.words(
        IntStream.range(0, COUNT).mapToObj(index -> account + index + " ").toList());
  }

  static String textOf(String account) {
    return String.join("", of(account).words());
  }

  static Answer withReasoning() {
    return of(BLUE).withReasoning("blue thought", "signature");
  }

  static Answer withTool() {
    return Answer.toolUse("tool-1", "blueTool", "{\"of\":\"blue\"}");
  }

  /** Goes on for longer than any deadline here. */
  static Answer endless() {
    return Answer.words(IntStream.range(0, 2_000).mapToObj(index -> BLUE + index + " ").toList());
  }

  /** Whether all of it was said by one account. */
  static boolean ofOneAccount(List<? extends String> contents) {
    return List.of(BLUE, GREEN).stream()
        .anyMatch(account -> contents.stream().allMatch(content -> content.contains(account)));
  }
}
