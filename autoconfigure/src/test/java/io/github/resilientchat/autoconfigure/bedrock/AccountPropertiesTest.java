package io.github.resilientchat.autoconfigure.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class AccountPropertiesTest {

  private static final String CANARY = "hush-AKIA-canary";

  @Test
  void propertiesDoNotShowCredentials() {
    AccountProperties account =
        new AccountProperties(null, CANARY, CANARY, CANARY, URI.create("https://x"));

    assertThat(account.toString()).doesNotContain(CANARY).contains("keys");
  }
}
