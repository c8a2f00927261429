package io.github.resilientchat.benchmarks.rig;

import io.github.resilientchat.simulator.Answer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Accounts, and what each of them says: words that no other account uses. */
public final class Voices {

  public static final List<String> ACCOUNTS =
      IntStream.range(0, 16).mapToObj(index -> "acc" + (char) ('a' + index)).toList();

  private static final int WORDS = 10;
  private static final Pattern SPACE = Pattern.compile(" ");

  private Voices() {}

  /** Half of the accounts are used in either Region. */
  public static String regionOf(String account) {
    return ACCOUNTS.indexOf(account) % 2 == 0 ? "us-east-1" : "us-west-2";
  }

  public static Answer of(String account) {
    return Answer.words(
        IntStream.range(0, WORDS).mapToObj(index -> account + index + " ").toList());
  }

  public static boolean isWhole(String text) {
    return text.length() > 4 && text.equals(String.join("", of(text.substring(0, 4)).words()));
  }

  public static boolean isMixed(String text) {
    return !text.isEmpty()
        && SPACE.splitAsStream(text).map(word -> word.substring(0, 4)).distinct().count() > 1;
  }
}
