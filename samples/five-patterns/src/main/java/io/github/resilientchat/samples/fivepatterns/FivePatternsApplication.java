package io.github.resilientchat.samples.fivepatterns;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Runs the five patterns and ends with a status that says whether all of them hold. */
@SpringBootApplication
public class FivePatternsApplication {

  public static void main(String[] args) {
    Verdicts verdicts = new FivePatterns(System.out).run();
    System.out.println(verdicts.summary());
    System.exit(verdicts.allPassed() ? 0 : 1);
  }
}
