package io.github.resilientchat.autoconfigure.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AccountPropertiesTest {

  private static final String CANARY = "hush-AKIA-canary";

  @Test
  void propertiesDoNotShowCredentials() {
    AccountProperties account =
        new Binder(
                new MapConfigurationPropertySource(
                    Map.of(
                        "a.access-key", CANARY,
                        "a.secret-key", CANARY,
                        "a.session-token", CANARY,
                        "a.api-key", CANARY,
                        "a.external-id", CANARY)))
            .bind("a", AccountProperties.class)
            .get();

    assertThat(account.toString()).doesNotContain(CANARY).contains("KEYS");
  }
}
