package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.bedrock.BedrockAccount;
import java.util.Map;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The accounts behind the targets, by name. Closing this closes their credentials. */
public record BedrockAccounts(Map<String, BedrockAccount> byName) implements AutoCloseable {

  public BedrockAccounts {
    byName = Map.copyOf(byName);
  }

  /**
   * The account of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public BedrockAccount account(String name) {
    BedrockAccount account = byName.get(name);
    if (account == null) {
      throw new IllegalArgumentException(
          "no account is named " + name + "; there are " + byName.keySet());
    }
    return account;
  }

  @Override
  public void close() {
    for (BedrockAccount account : byName.values()) {
      account
          .credentials()
          .filter(SdkAutoCloseable.class::isInstance)
          .map(SdkAutoCloseable.class::cast)
          .ifPresent(SdkAutoCloseable::close);
    }
  }
}
