package io.github.resilientchat.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the script of a fleet is told, word by word, in the order in which it reads. */
final class Words {

  private final List<byte[]> all = new ArrayList<>();

  private Words() {}

  static Words of(String what) {
    return new Words().add(what);
  }

  Words add(long number) {
    return add(Long.toString(number));
  }

  Words add(String text) {
    all.add(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  byte[][] all() {
    return all.toArray(byte[][]::new);
  }
}
