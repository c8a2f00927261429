package io.github.resilientchat.bedrock;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.IoUtils;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Credentials of a provider that can be made anew. Providers keep what they got until shortly
 * before it expires, and nothing tells them that the service took it no longer: a token that was
 * revoked, keys that were rotated, a role's session that ended early.
 */
final class RenewableCredentials extends Renewing implements SdkAutoCloseable {

  private final Supplier<? extends AwsCredentialsProvider> source;
  private volatile AwsCredentialsProvider current;
  // Calls may still be at it; closed when its successor retires.
  private @Nullable AwsCredentialsProvider retired;

  RenewableCredentials(Supplier<? extends AwsCredentialsProvider> source) {
    this.source = source;
    this.current = source.get();
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return current.resolveCredentials();
  }

  @Override
  void renew() {
    closeIfCloseable(replaced(source.get()));
  }

  /** The one before the last, which nobody asks any more. */
  private synchronized @Nullable AwsCredentialsProvider replaced(AwsCredentialsProvider next) {
    AwsCredentialsProvider oldest = retired;
    retired = current;
    current = next;
    return oldest;
  }

  @Override
  public void close() {
    AwsCredentialsProvider last;
    AwsCredentialsProvider before;
    synchronized (this) {
      last = current;
      before = retired;
    }
    closeIfCloseable(before);
    closeIfCloseable(last);
  }

  private static void closeIfCloseable(@Nullable Object provider) {
    IoUtils.closeIfCloseable(provider, null);
  }
}
