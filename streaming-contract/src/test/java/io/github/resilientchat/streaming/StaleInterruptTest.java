package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.RoutePolicy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * A thread that was interrupted for another reason begins a stream, on which nobody waits there.
 */
class StaleInterruptTest {

  private final Lab lab = new Lab(Wire.H2C, Duration.ofMillis(1));
  private final Trial trial = new Trial(lab, RoutePolicy.DEFAULTS, Before.NOTHING);
  private final Transcript heard = new Transcript(false);

  @AfterEach
  void stop() {
    Thread.interrupted();
    lab.close();
  }

  @Test
  void streamOfLangChain4jIsAnsweredAndTheFlagStays() throws Exception {
    assertAnsweredAndTheFlagStays(
        () -> new HandlerTalk(trial.langChain4jStream(), heard).converse());
  }

  @Test
  void streamOfSpringAiIsAnsweredAndTheFlagStays() throws Exception {
    assertAnsweredAndTheFlagStays(
        () ->
            trial.springAi().stream(new Prompt("hello"))
                .subscribe(
                    part -> heard.text(part.getResult().getOutput().getText()),
                    heard::fail,
                    heard::complete));
  }

  private void assertAnsweredAndTheFlagStays(Runnable beginning) throws Exception {
    lab.reset(Words::of);
    Thread.currentThread().interrupt();
    beginning.run();
    assertThat(Thread.interrupted()).as("the flag, afterwards").isTrue();

    heard.awaitEnd();
    assertThat(heard.ends).extracting(Transcript.End::error).containsOnlyNulls();
    assertThat(heard.text()).isEqualTo(Words.textOf(Words.BLUE));
    trial.awaitReports(1);
    assertThat(trial.reports())
        .extracting(CallReport::ending)
        .containsExactly(CallReport.Ending.ANSWERED);
  }
}
