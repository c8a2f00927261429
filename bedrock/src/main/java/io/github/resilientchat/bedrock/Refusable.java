package io.github.resilientchat.bedrock;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Credentials that hear what the service thought of them. Each renewal begins a generation; of what
 * is said of one, the first counts. May be told on any thread, and must not wait there.
 */
interface Refusable extends AwsCredentialsProvider {

  /** Counts how often they were made anew. */
  int generation();

  /** Those of this generation were not taken: expired, revoked, rotated. */
  void refused(int generation);

  /** Those of this generation were taken and may not do what was asked; others might. */
  default void denied(int generation) {}
}
