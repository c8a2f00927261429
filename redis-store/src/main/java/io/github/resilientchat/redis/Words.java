package io.github.resilientchat.redis;

import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.QuotaStore.Demand;
import io.github.resilientchat.core.quota.QuotaStore.Holder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the script is told, word by word, in the order in which it reads. */
final class Words {

  private static final byte[] TAKE = ascii("take");
  private static final byte[] END = ascii("end");
  private static final byte[] RENEW = ascii("renew");
  private static final byte[] PROBE = ascii("probe");
  private static final byte[][] SMALL = new byte[64][];

  static {
    for (int number = 0; number < SMALL.length; number++) {
      SMALL[number] = ascii(Integer.toString(number));
    }
  }

  private final List<byte[]> all = new ArrayList<>(40);

  private Words() {}

  private Words(byte[] what, long micros) {
    all.add(what);
    add(micros);
  }

  /** A word that has no time after it. */
  static Words of(String what) {
    return new Words().add(what);
  }

  static Words take(long micros) {
    return new Words(TAKE, micros);
  }

  static Words end(long micros) {
    return new Words(END, micros);
  }

  static Words renew(long micros) {
    return new Words(RENEW, micros);
  }

  static Words probe() {
    return new Words(PROBE, 0);
  }

  Words add(long number) {
    boolean small = number >= 0 && number < SMALL.length;
    all.add(small ? SMALL[(int) number] : ascii(Long.toString(number)));
    return this;
  }

  Words add(String text) {
    all.add(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Words add(List<byte[]> words) {
    all.addAll(words);
    return this;
  }

  Words add(Demand demand) {
    add(demand.tokens()).add(demand.money()).add(demand.id()).add(demand.holders().size());
    for (Holder holder : demand.holders()) {
      List<Limit> limits = holder.limits().all();
      add(limits.size());
      for (Limit limit : limits) {
        add(code(limit.unit())).add(limit.amount());
      }
    }
    return this;
  }

  /** As the script knows the unit. */
  static int code(Limit.Unit unit) {
    return switch (unit) {
      case RPM -> 1;
      case RPH -> 2;
      case RPD -> 3;
      case TPM -> 4;
      case TPH -> 5;
      case TPD -> 6;
      case PAR -> 7;
      case USD_H -> 8;
      case USD_D -> 9;
      case USD_MO -> 10;
    };
  }

  List<byte[]> list() {
    return all;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
