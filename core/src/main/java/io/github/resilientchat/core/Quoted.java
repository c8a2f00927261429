package io.github.resilientchat.core;

import java.util.HexFormat;

/**
 * A name that somebody gave, fit for a message: in quotes, short, and on one line. What it says
 * cannot be mistaken for a line of the log.
 */
public final class Quoted {

  private static final int LONGEST = 64;

  private Quoted() {}

  public static String of(String name) {
    int length = name.length() <= LONGEST ? name.length() : cut(name);
    StringBuilder shown = new StringBuilder(length + 2).append('\'');
    name.codePoints().limit(name.codePointCount(0, length)).forEach(point -> append(point, shown));
    shown.append('\'');
    return length == name.length()
        ? shown.toString()
        : shown + "... (" + name.length() + " characters)";
  }

  /** No pair of surrogates is torn. */
  private static int cut(String name) {
    return Character.isHighSurrogate(name.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
  }

  private static void append(int point, StringBuilder shown) {
    int type = Character.getType(point);
    boolean plain =
        type != Character.CONTROL
            && type != Character.FORMAT
            && type != Character.LINE_SEPARATOR
            && type != Character.PARAGRAPH_SEPARATOR
            && type != Character.SURROGATE
            && type != Character.UNASSIGNED
            && type != Character.PRIVATE_USE;
    if (plain) {
      shown.appendCodePoint(point);
    } else {
      shown.append("\\u").append(point > 0xFFFF ? Integer.toHexString(point) : hex(point));
    }
  }

  private static String hex(int point) {
    return HexFormat.of().toHexDigits((char) point);
  }
}
