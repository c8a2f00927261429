package io.github.resilientchat.autoconfigure.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of addresses: {@code 10.1.0.0/16}, {@code 2001:db8::/32}, or one address. */
record Network(InetAddress base, int prefix) {

  /** Literals only: no name is ever looked up. */
  private static final Pattern TEXT = Pattern.compile("([0-9a-fA-F.:]+)(?:/(\\d{1,3}))?");

  private static final Pattern V4 = Pattern.compile("(?:\\d{1,3}\\.){3}\\d{1,3}");

  /**
   * @throws IllegalArgumentException if the text is no range
   */
  static Network parse(String text) {
    Matcher parts = TEXT.matcher(text.strip());
    if (!parts.matches()
        || !(parts.group(1).indexOf(':') >= 0 || V4.matcher(parts.group(1)).matches())) {
      throw new IllegalArgumentException("'" + text + "' is no address or network");
    }
    try {
      InetAddress base = InetAddress.getByName(parts.group(1));
      int bits = base.getAddress().length * 8;
      int prefix = parts.group(2) == null ? bits : Integer.parseInt(parts.group(2));
      if (prefix > bits) {
        throw new IllegalArgumentException("'" + text + "' has a prefix longer than " + bits);
      }
      return new Network(base, prefix);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'" + text + "' is no address or network", e);
    }
  }

  boolean contains(InetAddress address) {
    byte[] own = base.getAddress();
    byte[] other = address.getAddress();
    if (own.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((own[bit / 8] ^ other[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
