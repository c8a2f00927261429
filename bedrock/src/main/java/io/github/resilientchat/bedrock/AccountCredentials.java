package io.github.resilientchat.bedrock;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** An account's credentials; a failure to obtain them names the account. */
record AccountCredentials(BedrockAccount account) implements AwsCredentialsProvider {

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return account.credentials().resolveCredentials();
    } catch (RuntimeException e) {
      throw new CredentialsUnavailableException(account.name(), e);
    }
  }
}
