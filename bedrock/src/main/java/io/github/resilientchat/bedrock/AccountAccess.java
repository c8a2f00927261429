package io.github.resilientchat.bedrock;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.token.credentials.SdkToken;
import software.amazon.awssdk.auth.token.credentials.SdkTokenProvider;

/** How an account shows who calls. Shown as text, none of them reveals keys. */
public sealed interface AccountAccess {

  /**
   * Every request is signed.
   *
   * @param credentials whose keys sign; whoever supplies them closes them
   */
  record Signature(AwsCredentialsProvider credentials) implements AccountAccess {

    @Override
    public String toString() {
      return "Signature";
    }
  }

  /**
   * Every request carries a Bedrock API key. A short-lived one is good for the Region that it was
   * made for.
   */
  final class ApiKey implements AccountAccess {

    private final SdkToken token;

    ApiKey(String key) {
      if (key.isBlank()) {
        throw new IllegalArgumentException("an API key must not be blank");
      }
      this.token = new Key(key);
    }

    SdkTokenProvider tokens() {
      return () -> token;
    }

    @Override
    public String toString() {
      return "ApiKey";
    }

    /** A class of its own, because the SDK's shows itself. */
    private static final class Key implements SdkToken {

      private final String value;

      Key(String value) {
        this.value = value;
      }

      @Override
      public String token() {
        return value;
      }

      @Override
      public java.util.Optional<java.time.Instant> expirationTime() {
        return java.util.Optional.empty();
      }
    }
  }
}
