package io.github.resilientchat.benchmarks.chaos;

import io.github.resilientchat.benchmarks.rig.Noise;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The matrix; exits with 1 when something was missed. */
public final class ChaosRun {

  private static final String ALL = "all";
  private static final String BRIEF = "short";
  private static final int FEW_RUNS = 3;
  private static final int FEW_AT_ONCE = 3;
  private static final int AGAIN = 1;

  /** It is part of every build, on whatever machine. */
  private static final int BRIEF_AGAIN = 3;

  private ChaosRun() {}

  public static void main(String[] arguments) throws Exception {
    Noise.off();
    boolean brief = arguments[0].equals(BRIEF);
    List<Row> rows = brief ? ShortForm.rows() : rows(arguments[0]);
    Function<Row, List<Cell>> cells = brief ? ShortForm::cells : row -> Cell.all();
    int runs = Integer.parseInt(arguments[1]);
    int parallel = Integer.parseInt(arguments[2]);
    Verdict verdict = runs > 1 ? Verdict.POOLED : Verdict.OF_ONE_RUN;
    int again = brief ? BRIEF_AGAIN : AGAIN;
    List<String> missed = new Matrix(rows, cells, runs, parallel, again, verdict).print();
    if (brief && !missed.isEmpty()) {
      missed = again(rows, missed);
    }
    System.out.println();
    missed.forEach(System.out::println);
    System.out.println(missed.isEmpty() ? "kept" : "MISSED in " + missed.size() + " rows");
    System.exit(missed.isEmpty() ? 0 : 1);
  }

  /** One run on a busy machine decides nothing: what it missed is run three times, pooled. */
  private static List<String> again(List<Row> rows, List<String> missed) throws Exception {
    System.out.println("again, three runs pooled:");
    List<Row> some =
        rows.stream()
            .filter(row -> missed.stream().anyMatch(line -> line.startsWith(row.name() + " ")))
            .toList();
    return new Matrix(some, ShortForm::cells, FEW_RUNS, FEW_AT_ONCE, BRIEF_AGAIN, Verdict.POOLED)
        .print();
  }

  private static List<Row> rows(String wanted) {
    if (wanted.equals(ALL)) {
      return Rows.all();
    }
    List<Row> all = Rows.all();
    return Arrays.stream(wanted.split(",")).map(name -> Rows.named(all, name)).toList();
  }
}
