package io.github.resilientchat.autoconfigure.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        "resilient.accounts.main.endpoint=https://user:"
      })
  void credentialsUnderAWrongKeyAreWithheld(String key) {
    assertThat(Startup.refusal(GOOD, key + CANARY + (key.contains("https") ? "@x" : "")))
        .contains("resilient.")
        .contains(Secrets.WITHHELD)
        .doesNotContain(CANARY);
  }

  @Test
  void credentialsUnderANameThatCannotBeSpelledAreNotShown() {
    assertThat(Startup.refusal(GOOD, "resilient.accounts.ma-in.access-key=" + CANARY))
        .contains("write resilient.accounts.main;")
        .doesNotContain(CANARY);
  }
}
