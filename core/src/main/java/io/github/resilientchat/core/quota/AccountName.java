package io.github.resilientchat.core.quota;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Names as they are kept: a long one as its digest, so that no name fills the heap. */
final class AccountName {

  /** Shorter than any digest, so that nobody can be named like another one's digest. */
  private static final int LONGEST = 64;

  private AccountName() {}

  static @Nullable String of(@Nullable String name) {
    return name == null || name.length() <= LONGEST ? name : digest(name);
  }

  private static String digest(String name) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes(name));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Character by character: an encoding would make one of all broken surrogates. */
  private static byte[] bytes(String name) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * name.length());
    for (int at = 0; at < name.length(); at++) {
      bytes.putChar(name.charAt(at));
    }
    return bytes.array();
  }
}
