package io.github.resilientchat.core.adapter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Counts the pages of a PDF without a reader: its page objects, those in object streams too. */
final class PdfPages {

  private static final Pattern PAGE = Pattern.compile("/Type\\s*/Page(?![A-Za-z])");
  private static final Pattern OBJECTS =
      Pattern.compile("/Type\\s*/ObjStm[^>]*>>\\s*stream\\r?\\n|/ObjStm\\b.{0,200}?stream\\r?\\n");

  /** Of all object streams together, so that no small file becomes a large one. */
  private static final int MOST_INFLATED = 16 * 1024 * 1024;

  private PdfPages() {}

  /** 0 when none can be found. */
  static int in(byte[] pdf) {
    // One character a byte.
    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    int pages = count(text);
    int left = MOST_INFLATED;
    Matcher objects = OBJECTS.matcher(text);
    while (left > 0 && objects.find()) {
      byte[] inflated = inflated(pdf, objects.end(), Math.min(left, 1024 * 1024));
      left -= inflated.length + 1;
      pages += count(new String(inflated, StandardCharsets.ISO_8859_1));
    }
    return pages;
  }

  private static int count(String text) {
    int count = 0;
    Matcher pages = PAGE.matcher(text);
    while (pages.find()) {
      count++;
    }
    return count;
  }

  private static byte[] inflated(byte[] pdf, int from, int most) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(pdf, from, pdf.length - from);
      byte[] out = new byte[most];
      int length = 0;
      while (length < most && !inflater.finished()) {
        int more = inflater.inflate(out, length, most - length);
        if (more == 0) {
          break;
        }
        length += more;
      }
      return Arrays.copyOf(out, length);
    } catch (DataFormatException e) {
      return new byte[0];
    } finally {
      inflater.end();
    }
  }
}
