package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.bedrock.BedrockAccount;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The accounts behind the targets, by name. Closing this closes their credentials.
 *
 * @param all those, and the ones whose credentials assume their roles
 */
public record BedrockAccounts(Map<String, BedrockAccount> byName, List<BedrockAccount> all)
    implements AutoCloseable {

  public BedrockAccounts {
    byName = Map.copyOf(byName);
    all = List.copyOf(all);
  }

  /** Accounts that no other ones lead to. */
  public BedrockAccounts(Map<String, BedrockAccount> byName) {
    this(byName, List.copyOf(byName.values()));
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
    for (BedrockAccount account : all) {
      account
          .credentials()
          .filter(SdkAutoCloseable.class::isInstance)
          .map(SdkAutoCloseable.class::cast)
          .ifPresent(SdkAutoCloseable::close);
    }
  }
}
