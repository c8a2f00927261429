package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The start says where a limit in tokens is used up by answers that nobody gets. */
@ExtendWith(OutputCaptureExtension.class)
class LongestAnswersTest {

  private static final String SAID = "reserve the longest answer that the model can give";
  private static final String NAMED = "resilient.routes.chat.targets=east";

  private static void start(String... properties) {
    Startup.runner()
        .withPropertyValues(
            "resilient.backend=aws",
            "resilient.defaults.region=us-east-1",
            "resilient.models.nova.id=amazon.nova-pro-v1:0",
            "resilient.targets.east.model=nova")
        .withPropertyValues(properties)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void tokenLimitWithoutALongestAnswerIsWarnedOf(CapturedOutput output) {
    start(NAMED, "resilient.targets.east.limits=500rpm, 100ktpm");

    assertThat(output)
        .contains("resilient.targets.east.limits", SAID)
        .contains("set max-tokens under resilient.models.<name>");
  }

  @Test
  void tokenLimitThatARouteWritesIsNoOther(CapturedOutput output) {
    start("resilient.routes.chat.targets=east(100ktpm), nova@us-west-2(100ktpm)");

    assertThat(output.toString().split(SAID, -1)).hasSize(2 + 1);
  }

  @Test
  void longestAnswerOfTheModelTheTargetOrAllIsEnough(CapturedOutput output) {
    String limited = "resilient.targets.east.limits=100ktpm";
    start(NAMED, limited, "resilient.models.nova.max-tokens=4096");
    start(NAMED, limited, "resilient.targets.east.options.max-tokens=4096");
    start(NAMED, limited, "resilient.defaults.options.max-tokens=4096");
    start(NAMED, limited, "resilient.routes.chat.options.max-tokens=4096");
    start(
        "resilient.routes.chat.targets=east(100ktpm), nova@us-west-2(100ktpm)",
        "resilient.routes.chat.options.max-tokens=4096");

    assertThat(output).doesNotContain(SAID);
  }

  @Test
  void longestAnswerOfOneRouteIsNotAnothers(CapturedOutput output) {
    start(
        NAMED,
        "resilient.routes.chat.options.max-tokens=4096",
        "resilient.routes.batch.targets=east",
        "resilient.targets.east.limits=100ktpm");

    assertThat(output.toString().split(SAID, -1)).hasSize(1 + 1);
  }

  @Test
  void limitInRequestsReservesNoTokens(CapturedOutput output) {
    start(NAMED, "resilient.targets.east.limits=500rpm");

    assertThat(output).doesNotContain(SAID);
  }
}
