package io.github.resilientchat.core.adapter;

/**
 * What characters weigh, in seventieths of a token. Meant never to be below what a model counts:
 * 3.5 lower-case letters are a token, a gap between words is half of one, each digit and each sign
 * is one, as in JSON and code; a character of another script is what the older of today's
 * tokenizers make of it.
 */
final class TextWeight {

  static final long TOKEN = 70;

  private static final int LETTER = 20;
  private static final int CAPITAL = 42;
  private static final int GAP = 35;
  private static final int MORE_SPACE = 9;
  private static final int SIGN = 70;

  private TextWeight() {}

  static long of(CharSequence text) {
    long sum = 0;
    char before = 'a';
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      sum += letter < 0x80 ? ascii(letter, before) : other(letter);
      before = letter;
    }
    return sum;
  }

  private static int ascii(char letter, char before) {
    if (letter >= 'a' && letter <= 'z') {
      return LETTER;
    }
    if (letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r') {
      return before == ' ' || before == '\n' || before == '\t' || before == '\r' ? MORE_SPACE : GAP;
    }
    return letter >= 'A' && letter <= 'Z' ? CAPITAL : SIGN;
  }

  private static int other(char letter) {
    if (letter < 0x0590) {
      // Letters with accents, Greek, Cyrillic.
      return letter >= 0x0400 && letter < 0x0530 ? 49 : 70;
    }
    if (letter < 0x2000) {
      return ofTheSouth(letter);
    }
    if (letter < 0x2E80) {
      return 140;
    }
    if (letter < 0xA000) {
      return 98;
    }
    return letter >= 0xAC00 && letter < 0xE000 ? 105 : 140;
  }

  /** Hebrew and Arabic, then scripts of India, Thai, and those that tokenizers hardly know. */
  private static int ofTheSouth(char letter) {
    if (letter < 0x0780) {
      return letter < 0x0600 ? 84 : 77;
    }
    if (letter >= 0x0900 && letter < 0x0980) {
      return 91;
    }
    if (letter >= 0x0980 && letter < 0x0E00) {
      return 154;
    }
    return letter >= 0x0E00 && letter < 0x0E80 ? 91 : 210;
  }
}
