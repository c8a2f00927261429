package io.github.resilientchat.bedrock;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * A credentials provider of an application's own that can be told to fetch its credentials anew. It
 * is told when the service did not take them, once for each that it gave.
 */
public interface RenewableCredentialsProvider extends AwsCredentialsProvider {

  /**
   * Forgets what it holds; the next {@code resolveCredentials} fetches. Called on a client's thread
   * and so must not wait.
   */
  void renew();
}
