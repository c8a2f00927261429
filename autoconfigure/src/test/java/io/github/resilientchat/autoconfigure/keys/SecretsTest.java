package io.github.resilientchat.autoconfigure.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.SanitizableData;

class SecretsTest {

  private static final String CANARY = "hush-AKIA-canary";
  private static final String GOOD = "resilient.routes.chat.targets=a.b@us-east-1";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resilient.accounts.main.secret-kye=",
        "resilient.accounts.main.secretkey.x=",
        "resilient.accounts.main=",
        "resilient.accounts=",
        "resilient.accounts.main.api-kye=",
        "resilient.accounts.main.external_id=",
        "resilient.accounts.main.external-ids=",
        "resilient.proxy.pasword=",
        "resilient.proxy.passwords=",
        "resilient.secret-key=",
        "resilient.acounts.main.session-token=",
        "resilient.accounts.main.endpoint=https://user:",
        "resilient.bearer-token=",
        "resilient.bearer=",
        "resilient.store.redis.auth=",
        "resilient.routes.chat.header=",
        "resilient.modles.sonnet.id="
      })
  void whateverStandsUnderAWrongKeyIsWithheld(String key) {
    assertThat(Startup.refusal(GOOD, key + CANARY + (key.contains("https") ? "@x" : "")))
        .contains("resilient.")
        .contains(Secrets.WITHHELD)
        .doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://[%s]/", "ftp://bedrock.example.com/?token=%s"})
  void tokenInAnAddressIsWithheld(String endpoint) {
    assertThat(
            Startup.refusal(
                GOOD, "resilient.accounts.main.endpoint=" + endpoint.formatted(CANARY + "?x")))
        .doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resilient.bearer-token",
        "resilient.store.redis.auth",
        "resilient.accounts.main.secret-key",
        "RESILIENT_ACCOUNTS_MAIN_SECRET_KEY",
        "RESILIENT_BEARER_TOKEN",
        "resilient.accounts.main"
      })
  void actuatorWithholdsSecretsAndWhatItDoesNotKnow(String key) {
    assertThat(seen(key, CANARY)).isEqualTo("******");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resilient.routes.chat.targets",
        "resilient.routes.chat.targets[0]",
        "RESILIENT_ROUTES_CHAT_TARGETS",
        "RESILIENT_DEFAULTS_ATTEMPT_TIMEOUT",
        "resilient.accounts.main.profile",
        "server.port"
      })
  void actuatorShowsWhatIsHarmless(String key) {
    assertThat(seen(key, "plain")).isEqualTo("plain");
  }

  private static Object seen(String key, String value) {
    return new SecretsInActuator().apply(new SanitizableData(null, key, value)).getValue();
  }

  @Test
  void credentialsUnderANameThatCannotBeSpelledAreNotShown() {
    assertThat(Startup.refusal(GOOD, "resilient.accounts.ma-in.access-key=" + CANARY))
        .contains("write resilient.accounts.main;")
        .doesNotContain(CANARY);
  }
}
