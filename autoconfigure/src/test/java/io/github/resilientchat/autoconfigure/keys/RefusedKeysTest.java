package io.github.resilientchat.autoconfigure.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Mistake;
import io.github.resilientchat.autoconfigure.Startup;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each wrong key stops the application and is reported with what to write, and with its value if it
 * is known.
 */
class RefusedKeysTest {

  private static final String GOOD = "resilient.routes.chat.targets=a.b@us-east-1";

  @ParameterizedTest
  @MethodSource
  void wrongKeysAreNamedWithValueAndFix(Mistake mistake) {
    assertThat(Startup.refusal(mistake.properties())).contains(mistake.report());
  }

  static Stream<Mistake> wrongKeysAreNamedWithValueAndFix() {
    return Stream.of(
        Mistake.of(
            List.of(GOOD, "resilient.routes.chat.fallback=x.y"),
            "resilient.routes.chat.fallback=(withheld)",
            "not a known property",
            "did you mean 'resilient.routes.chat.fallbacks'?"),
        Mistake.of(
            List.of(GOOD, "resilient.route.chat.timeout=3s"),
            "resilient.route.chat.timeout=(withheld)",
            "did you mean 'resilient.routes.chat.timeout'?"),
        Mistake.of(
            List.of(GOOD, "resilient.defaults.atempt-timeout=3s"),
            "resilient.defaults.atempt-timeout=(withheld)",
            "did you mean 'resilient.defaults.attempt-timeout'?"),
        Mistake.of(
            List.of(GOOD, "resilient.observability.tenant-tag=true"),
            "resilient.observability.tenant-tag=true",
            "not supported by this version",
            "remove the property"),
        Mistake.of(
            List.of(GOOD, "resilient.models.m.id=a.b", "resilient.models.m.cache-read-price=1"),
            "resilient.models.m.input-price",
            "is missing, though another price is set"),
        Mistake.of(
            List.of(GOOD, "resilient.store.type=redis"),
            "resilient.store.type=redis",
            "io.github.resilientchat:resilient-redis-store",
            "LettuceConnectionFactory"),
        Mistake.of(
            List.of(GOOD, "resilient.store.on-failure=local, cash:closed"),
            "resilient.store.on-failure=cash:closed",
            "local, money:closed"),
        Mistake.of(
            List.of(GOOD, "resilient.store.expected-instances=0"),
            "resilient.store.expected-instances=0",
            "at least 1"),
        Mistake.of(
            List.of(GOOD, "resilient.store.key-prefix=my app"),
            "resilient.store.key-prefix=my app",
            "no prefix of keys"),
        Mistake.of(
            List.of(GOOD, "resilient.store.timeout=0ms"),
            "resilient.store.timeout=0ms",
            "must be positive"),
        Mistake.of(
            List.of(GOOD, "resilient.store.hash-key=0123456789"),
            "resilient.store.hash-key",
            "shorter than 16"),
        Mistake.of(
            List.of(GOOD, "resilient.console.enabled=true"),
            "resilient.console.enabled=true",
            "configures the live page, which is not on the class path",
            "io.github.resilientchat:resilient-console"),
        Mistake.of(
            List.of("resilient.routes.chat=a.b@us-east-1"),
            "resilient.routes.chat=a.b@us-east-1",
            "group of properties",
            "one of targets, fallbacks"),
        Mistake.of(
            List.of(GOOD, "resilient.routes.fast-chat.targets=a.b@us-east-1"),
            "resilient.routes.fast-chat\n",
            "[a-z0-9]+",
            "environment variable",
            "write resilient.routes.fastchat;"),
        Mistake.of(
            List.of(GOOD, "resilient.routes.fastChat.targets=a.b@us-east-1"),
            "resilient.routes.fastChat\n",
            "write resilient.routes.fastchat;"),
        Mistake.of(
            List.of(GOOD, "resilient.models.us.anthropic.claude.id=x"),
            "resilient.models.us.anthropic.claude.id=(withheld)",
            "not a known property"),
        Mistake.of(
            List.of(GOOD, "resilient.models[us.anthropic].id=x.y"),
            "resilient.models.us.anthropic\n",
            "write resilient.models.usanthropic;"));
  }
}
