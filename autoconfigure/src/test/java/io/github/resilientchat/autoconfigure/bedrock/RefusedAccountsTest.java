package io.github.resilientchat.autoconfigure.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Mistake;
import io.github.resilientchat.autoconfigure.Startup;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake in an account stops the application and is reported with its key and what to do. */
class RefusedAccountsTest {

  private static final String GOOD = "resilient.routes.chat.targets=a.b@us-east-1";

  @ParameterizedTest
  @MethodSource
  void mistakesInAccountsAreNamed(Mistake mistake) {
    assertThat(Startup.refusal(mistake.properties())).contains(mistake.report());
  }

  static Stream<Mistake> mistakesInAccountsAreNamed() {
    return Stream.of(
        Mistake.of(
            List.of(
                GOOD,
                "resilient.accounts.main.profile=x",
                "resilient.accounts.main.access-key=AKIAX",
                "resilient.accounts.main.secret-key=hush"),
            "resilient.accounts.main",
            "two forms of credentials",
            "keep either resilient.accounts.main.profile or"),
        Mistake.of(
            List.of(GOOD, "resilient.accounts.main.access-key=AKIAX"),
            "resilient.accounts.main.secret-key",
            "is missing"),
        Mistake.of(
            List.of(GOOD, "resilient.accounts.main.secret-key=hush"),
            "resilient.accounts.main.access-key",
            "is missing"),
        Mistake.of(
            List.of(GOOD, "resilient.accounts.main.session-token=hush"),
            "resilient.accounts.main.access-key",
            "is missing"),
        Mistake.of(
            List.of(GOOD, "resilient.accounts.main.endpoint=https://evil.example"),
            "resilient.accounts.main.endpoint=https://evil.example",
            "amazonaws.com"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.accounts.main.endpoint=http://bedrock-runtime.us-east-1.amazonaws.com"),
            "resilient.accounts.main.endpoint=http://bedrock-runtime",
            "use https"),
        Mistake.of(
            List.of(GOOD, "resilient.accounts.main.endpoint=https://amazonaws.com.evil.example"),
            "resilient.accounts.main.endpoint=https://amazonaws.com.evil.example"),
        Mistake.of(
            List.of(GOOD, "resilient.accounts.main.endpoint=not a uri"),
            "resilient.accounts.main.endpoint=not a uri",
            "write a URI"));
  }
}
