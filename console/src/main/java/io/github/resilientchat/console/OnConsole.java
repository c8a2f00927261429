package io.github.resilientchat.console;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/** Matches where the page is asked for, or where it harms nobody and helps a developer. */
final class OnConsole extends SpringBootCondition {

  private static final String KEY = "resilient.console.enabled";
  private static final String DEVTOOLS =
      "org.springframework.boot.devtools.RemoteSpringApplication";

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    ConditionMessage.Builder message = ConditionMessage.forCondition("Resilient console");
    Environment environment = context.getEnvironment();
    @Nullable Boolean asked = environment.getProperty(KEY, Boolean.class);
    if (asked != null) {
      return new ConditionOutcome(asked, message.because(KEY + " is " + asked));
    }
    ConsoleAddress address = ConsoleAddress.of(environment);
    if (!address.loopback()) {
      return ConditionOutcome.noMatch(
          message.because(address.key() + " is no loopback address and " + KEY + " is not set"));
    }
    boolean simulated =
        "simulator".equalsIgnoreCase(environment.getProperty("resilient.backend", ""));
    boolean developed = ClassUtils.isPresent(DEVTOOLS, context.getClassLoader());
    return new ConditionOutcome(
        simulated || developed,
        message.because(
            simulated
                ? "a simulator answers, on this machine alone"
                : developed
                    ? "spring-boot-devtools is there, on this machine alone"
                    : "neither resilient.backend=simulator nor spring-boot-devtools nor "
                        + KEY
                        + " is there"));
  }
}
