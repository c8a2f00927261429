package io.github.resilientchat.transparency;

import io.github.resilientchat.transparency.Difference.Plain;
import java.util.ArrayList;
import java.util.List;

/**
 * A decorated call beside the plain one.
 *
 * @param ours what is left of our transcript without the meant differences
 * @param meant the names of those that there are
 */
record Comparison(List<String> ours, List<String> plain, List<String> meant) {

  private static final int SHOWN = 300;

  /**
   * @param deaf whether nobody listens to our model, as in the starters
   */
  static Comparison of(List<String> ours, Plain plain, boolean deaf) {
    List<String> left = deaf ? unheard(ours) : ours;
    Plain beside = deaf ? new Plain(unheard(plain.lines()), unheard(plain.likened())) : plain;
    List<String> meant = new ArrayList<>();
    for (Difference difference : Differences.ALL) {
      if (!left.equals(beside.lines())) {
        List<String> without = difference.taken().from(left, beside);
        if (!without.equals(left)) {
          meant.add(difference.name());
          left = without;
        }
      }
    }
    return new Comparison(left, beside.lines(), meant);
  }

  private static List<String> unheard(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.startsWith("listener ") && !line.startsWith("target's-listener "))
        .toList();
  }

  boolean isExplained() {
    return ours.equals(plain);
  }

  String shown() {
    if (!isExplained()) {
      return "DIFFERS";
    }
    return meant.isEmpty()
        ? "same"
        : "meant "
            + String.join(
                ",",
                meant.stream()
                    .map(
                        name ->
                            String.valueOf(
                                1
                                    + Differences.ALL.stream()
                                        .map(Difference::name)
                                        .toList()
                                        .indexOf(name)))
                    .toList());
  }

  @Override
  public String toString() {
    List<String> missing = new ArrayList<>(plain);
    ours.forEach(missing::remove);
    List<String> added = new ArrayList<>(ours);
    plain.forEach(added::remove);
    StringBuilder text = new StringBuilder();
    missing.forEach(line -> text.append("  plain ").append(shortened(line)).append('\n'));
    added.forEach(line -> text.append("  ours  ").append(shortened(line)).append('\n'));
    return text.isEmpty() ? "  another order: " + ours : text.toString();
  }

  private static String shortened(String line) {
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
  }
}
