package io.github.resilientchat.samples.fivepatterns;

import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.simulator.BedrockSimulator;
import java.io.PrintStream;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs the demos. Each framework and mode gets a fresh application, so that every demo starts with
 * full minute limits instead of waiting a minute for them.
 */
final class FivePatterns {

  private static final int WARM_UP_CALLS = 11;

  private final PrintStream out;
  private final Verdicts verdicts = new Verdicts();

  FivePatterns(PrintStream out) {
    this.out = out;
  }

  Verdicts run() {
    for (Framework framework : Framework.values()) {
      round(framework, Mode.WHOLE);
      round(framework, Mode.STREAMED);
    }
    verdicts.allObjections().forEach(out::println);
    return verdicts;
  }

  private void round(Framework framework, Mode mode) {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(FivePatternsApplication.class).run()) {
      Chat chat =
          context.getBeansOfType(Chat.class).values().stream()
              .filter(bean -> bean.framework() == framework)
              .findFirst()
              .orElseThrow();
      BedrockSimulator bedrock = context.getBean(BedrockSimulator.class);
      warmUp(chat, mode);
      bedrock.reset();
      Stage stage = new Stage(chat, mode, bedrock, context.getBean(Reports.class), out);
      demos(mode).forEach(demo -> play(demo, stage));
    }
  }

  /**
   * The first calls and the first refusal load classes and open connections, which would blur the
   * printed times: a user of the default plan asks until it is refused.
   */
  private static void warmUp(Chat chat, Mode mode) {
    for (int number = 1; number <= WARM_UP_CALLS; number++) {
      try {
        Question hello = new Question(number, "cris", "warm-up", "Hello");
        SignedIn.as(hello.user(), () -> chat.ask(hello, mode));
      } catch (QuotaExceededException expected) {
        return;
      }
    }
    throw new IllegalStateException("the default plan of 10rpm refused nobody");
  }

  private static List<Demo> demos(Mode mode) {
    List<Demo> limited = List.of(new FallbackDemo(), new QuotaIsolationDemo());
    if (mode == Mode.STREAMED) {
      return limited;
    }
    return List.of(
        new CrossRegionDemo(),
        new AccountShardingDemo(),
        limited.get(0),
        new LoadBalancingDemo(),
        limited.get(1));
  }

  private void play(Demo demo, Stage stage) {
    out.printf(
        "%n== %s %s on %s%s%n",
        demo.id(),
        demo.title(),
        stage.framework().title(),
        stage.mode() == Mode.STREAMED ? ", streamed" : "");
    List<String> objections = demo.play(stage);
    out.println("   AWS's demo: " + demo.published());
    out.println("   " + (objections.isEmpty() ? "passed" : "FAILED: " + objections));
    verdicts.add(demo.id() + " " + stage.framework().title(), objections);
  }
}
