package io.github.resilientchat.bedrock;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * An account's credentials; a failure to obtain them names the account.
 *
 * @param account its name
 */
record AccountCredentials(String account, AwsCredentialsProvider credentials)
    implements AwsCredentialsProvider {

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return credentials.resolveCredentials();
    } catch (AbortedException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CredentialsUnavailableException(account, e);
    }
  }

  @Override
  public String toString() {
    return "credentials of account " + account;
  }
}
