package io.github.resilientchat.autoconfigure.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.autoconfigure.Startup;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

/** Who was wired when an application was built, and who is asked for where it runs. */
class WiredBackendTest {

  private static void check(String asked, boolean simulated, boolean frozen) {
    Problems problems = new Problems();
    new BackendGuard(new MockEnvironment().withProperty("resilient.backend", asked), true)
        .checkWired(simulated, frozen, problems);
    problems.report();
  }

  @Test
  void builtForTheSimulatorAndRunOnAwsDoesNotStart() {
    assertThatThrownBy(() -> check("aws", true, true))
        .hasMessageContaining("asks for Amazon Bedrock, and the application was built for made-up");
  }

  @Test
  void builtForAwsAndRunOnTheSimulatorDoesNotStart() {
    assertThatThrownBy(() -> check("SIMULATOR", false, true))
        .hasMessageContaining("asks for made-up answers, and the application was built for Amazon");
  }

  @Test
  void whatIsAskedForIsWired() {
    assertThatCode(() -> check("aws", false, true)).doesNotThrowAnyException();
    assertThatCode(() -> check("simulator", true, true)).doesNotThrowAnyException();
    assertThatCode(() -> check("simulator", false, false)).doesNotThrowAnyException();
  }

  /** As a context made ahead of time has it: its beans are there whatever the properties say. */
  @Test
  void contextWithTheSimulatorsBeansRefusesAws() {
    assertThat(
            Startup.refusal(
                Startup.runner()
                    .withBean("resilientSimulated", String.class, () -> "frozen")
                    .withPropertyValues(
                        "resilient.backend=aws", "resilient.routes.chat.targets=a.b@us-east-1")))
        .contains("resilient.backend=aws", "build it with resilient.backend=aws");
  }
}
