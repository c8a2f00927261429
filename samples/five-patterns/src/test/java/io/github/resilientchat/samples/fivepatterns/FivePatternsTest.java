package io.github.resilientchat.samples.fivepatterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FivePatternsTest {

  @Test
  void allFivePatternsHoldOnBothFrameworks() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    Verdicts verdicts = new FivePatterns(out).run();

    String text = printed.toString(StandardCharsets.UTF_8);
    assertThat(verdicts.allObjections()).as(text).isEmpty();
    assertThat(verdicts.summary()).isEqualTo("five patterns: 10 passed, 0 failed");
  }

  @Test
  void demoThatFailsOnceOrNeverRunsCountsAsFailed() {
    Verdicts verdicts = new Verdicts();
    verdicts.add("D3 LangChain4j", List.of());
    verdicts.add("D3 LangChain4j", List.of("4 served by the primary"));
    verdicts.add("D1 LangChain4j", List.of());

    assertThat(verdicts.allPassed()).isFalse();
    assertThat(verdicts.summary()).isEqualTo("five patterns: 1 passed, 9 failed");
  }
}
