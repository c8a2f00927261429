package io.github.resilientchat.bedrock;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * Tells an application's provider, which is its own to close, that its credentials were refused.
 */
final class RenewedOnRefusal implements Refusable {

  private final RenewableCredentialsProvider provider;
  private final AtomicInteger generation = new AtomicInteger();

  RenewedOnRefusal(RenewableCredentialsProvider provider) {
    this.provider = provider;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return provider.resolveCredentials();
  }

  @Override
  public int generation() {
    return generation.get();
  }

  @Override
  public void refused(int refusedGeneration) {
    if (generation.compareAndSet(refusedGeneration, refusedGeneration + 1)) {
      provider.renew();
    }
  }
}
