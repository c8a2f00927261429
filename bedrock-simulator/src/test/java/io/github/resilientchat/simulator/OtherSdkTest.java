package io.github.resilientchat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** AWS's SDK for JavaScript believes the simulator: {@code -Pother-sdk}. */
@EnabledIfSystemProperty(named = "other-sdk", matches = "true")
class OtherSdkTest {

  @Test
  void sdkForJavaScriptBelievesTheSimulator() throws Exception {
    try (BedrockSimulator simulator = BedrockSimulator.start()) {
      simulator.role(
          Role.of("arn:aws:iam::111111111111:role/bedrock-invoke", "prod")
              .externalId("x-42")
              .trusting("hub"));
      Process node =
          new ProcessBuilder("node", "believes.mjs", simulator.endpoint().toString())
              .directory(new File("src/other-sdk"))
              .redirectErrorStream(true)
              .start();
      String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      System.out.print(said);
      assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(node.exitValue()).as(said).isZero();
      assertThat(said).contains("other-sdk: 8 passed, 0 failed");
    }
  }
}
