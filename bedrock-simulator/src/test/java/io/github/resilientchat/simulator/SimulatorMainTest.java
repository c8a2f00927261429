package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorMainTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true);

  @Test
  void startPrintsWhereItListensAndWhichKeysToUse() {
    try (var simulator = run("--port=0", "--latency=1ms", "--token-interval=0ms", "--seed=1")) {
      assertThat(printed.toString())
          .contains(simulator.endpoint().toString(), "AKIASIMBLUE", BedrockSimulator.secretKey());
      try (var client = Sdk.sync(simulator)) {
        Sdk.ask(client, Sdk.NOVA);
      }
    }
  }

  @Test
  void helpPrintsUsageAndStartsNothing() {
    assertThat(SimulatorMain.run(new String[] {"--help"}, out)).isEmpty();
    assertThat(printed.toString()).contains("--token-interval");
  }

  @ParameterizedTest
  @CsvSource({
    "--port=x, --port needs a whole number",
    "--port=70000, port must be from 0 to 65535",
    "--latency=soon, is not a duration such as",
    "--colour=red, unknown option '--colour'",
    "--port, not an option with a value",
    "8099, not an option with a value"
  })
  void wrongOptionIsExplained(String option, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(option))
        .withMessageContaining(message);
  }

  @Test
  void takenPortIsExplained() {
    try (var first = BedrockSimulator.start()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> run("--port=" + first.port()))
          .withMessageContaining("in use");
    }
  }

  private BedrockSimulator run(String... arguments) {
    return SimulatorMain.run(arguments, out).orElseThrow();
  }
}
