package io.github.resilientchat.bedrock;

import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * Tells an application's provider, which is its own to close, that its credentials were refused.
 */
final class RenewedOnRefusal extends Renewing {

  private final RenewableCredentialsProvider provider;

  RenewedOnRefusal(RenewableCredentialsProvider provider) {
    this.provider = provider;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return provider.resolveCredentials();
  }

  @Override
  void renew() {
    provider.renew();
  }
}
