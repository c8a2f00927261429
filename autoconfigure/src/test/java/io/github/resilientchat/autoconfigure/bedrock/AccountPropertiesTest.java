package io.github.resilientchat.autoconfigure.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountPropertiesTest {

  private static final String CANARY = "hush-AKIA-canary";

  @Test
  void propertiesDoNotShowCredentials() {
    AccountProperties account =
        new AccountProperties(null, CANARY, CANARY, CANARY, "https://x", Map.of());

    assertThat(account.toString()).doesNotContain(CANARY).contains("keys");
  }
}
