package io.github.resilientchat.core.adapter;

import java.util.Base64;

/** Reads how large an image is from its first bytes: PNG, JPEG, GIF and WebP. */
final class Pixels {

  /** Cameras put previews before the size. */
  private static final int LOOKED_AT = 256 * 1024;

  private static final long UNKNOWN = -1;

  private Pixels() {}

  /** Width and height as {@code width << 32 | height}; negative when they cannot be read. */
  static long of(byte[] image) {
    try {
      return read(image);
    } catch (ArrayIndexOutOfBoundsException e) {
      return UNKNOWN;
    }
  }

  static long ofBase64(String image) {
    int length = Math.min(image.length() & ~3, LOOKED_AT / 3 * 4);
    try {
      return of(Base64.getMimeDecoder().decode(image.substring(0, length)));
    } catch (IllegalArgumentException e) {
      return UNKNOWN;
    }
  }

  private static long read(byte[] in) {
    if (is(in, 0, "\u0089PNG")) {
      return size(big(in, 16, 4), big(in, 20, 4));
    }
    if (is(in, 0, "GIF8")) {
      return size(little(in, 6, 2), little(in, 8, 2));
    }
    if (is(in, 0, "RIFF") && is(in, 8, "WEBP")) {
      return webp(in);
    }
    return in.length > 2 && byteAt(in, 0) == 0xFF && byteAt(in, 1) == 0xD8 ? jpeg(in) : UNKNOWN;
  }

  private static long webp(byte[] in) {
    if (is(in, 12, "VP8X")) {
      return size(little(in, 24, 3) + 1, little(in, 27, 3) + 1);
    }
    if (is(in, 12, "VP8L")) {
      long bits = little(in, 21, 4);
      return size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    }
    return is(in, 12, "VP8 ")
        ? size(little(in, 26, 2) & 0x3FFF, little(in, 28, 2) & 0x3FFF)
        : UNKNOWN;
  }

  /** From marker to marker, to the start of a frame. */
  private static long jpeg(byte[] in) {
    int at = 2;
    while (byteAt(in, at) == 0xFF) {
      int marker = byteAt(in, at + 1);
      if (marker == 0xFF) {
        at++;
        continue;
      }
      boolean frame =
          marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
      if (frame) {
        return size(big(in, at + 7, 2), big(in, at + 5, 2));
      }
      at += 2 + (int) big(in, at + 2, 2);
    }
    return UNKNOWN;
  }

  private static long size(long width, long height) {
    return width <= 0 || height <= 0 || width > 1 << 20 || height > 1 << 20
        ? UNKNOWN
        : width << 32 | height;
  }

  private static boolean is(byte[] in, int at, String word) {
    for (int letter = 0; letter < word.length(); letter++) {
      if (byteAt(in, at + letter) != word.charAt(letter)) {
        return false;
      }
    }
    return true;
  }

  private static int byteAt(byte[] in, int at) {
    return in[at] & 0xFF;
  }

  private static long big(byte[] in, int at, int many) {
    long value = 0;
    for (int each = 0; each < many; each++) {
      value = value << 8 | byteAt(in, at + each);
    }
    return value;
  }

  private static long little(byte[] in, int at, int many) {
    long value = 0;
    for (int each = many - 1; each >= 0; each--) {
      value = value << 8 | byteAt(in, at + each);
    }
    return value;
  }
}
