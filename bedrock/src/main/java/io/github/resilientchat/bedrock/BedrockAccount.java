package io.github.resilientchat.bedrock;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * One AWS account as a router knows it: a name of our own, the credentials that lead into it, and
 * perhaps an endpoint other than the public one of the Region.
 *
 * <p>Whoever supplies a credentials provider closes it. Shown as text, an account never reveals
 * keys.
 *
 * @param name as in {@code Target.account()}; says nothing to AWS
 * @param credentials signs every call; a bearer token in the environment is ignored
 * @param endpoint for all Regions, or null for the public endpoint of each. Accepted are HTTPS to
 *     an AWS host ({@code *.amazonaws.com}, {@code *.amazonaws.com.cn}, {@code *.api.aws}, which
 *     covers VPC endpoints), and HTTP or HTTPS to this machine
 */
public record BedrockAccount(
    String name, AwsCredentialsProvider credentials, @Nullable URI endpoint) {

  public BedrockAccount {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an account needs a name");
    }
    Objects.requireNonNull(credentials, () -> "account " + name + " needs credentials");
    if (endpoint != null) {
      EndpointGuard.require(name, endpoint);
    }
  }

  /** An account reached with these credentials, as of an assumed role. */
  public static BedrockAccount of(String name, AwsCredentialsProvider credentials) {
    return new BedrockAccount(name, credentials, null);
  }

  /** The account that the SDK's default chain finds: environment, profile, container, instance. */
  public static BedrockAccount defaultChain(String name) {
    return of(name, DefaultCredentialsProvider.builder().build());
  }

  /**
   * The account of a profile in the shared configuration and credentials files. Profiles with a
   * role or single sign-on need the SDK's {@code sts} or {@code sso} module on the class path.
   *
   * @throws IllegalArgumentException if there is no such profile; names those that exist
   */
  public static BedrockAccount profile(String name, String profileName) {
    ProfileFile file = ProfileFile.defaultProfileFile();
    if (file.profile(profileName).isEmpty()) {
      throw new IllegalArgumentException(
          "account %s: no profile '%s' in the shared AWS configuration and credentials files; found: %s"
              .formatted(name, profileName, file.profiles().keySet().stream().sorted().toList()));
    }
    return of(name, ProfileCredentialsProvider.create(profileName));
  }

  /** The account of fixed keys; with a session token, until it expires. */
  public static BedrockAccount staticKeys(
      String name, String accessKey, String secretKey, @Nullable String sessionToken) {
    return of(
        name,
        StaticCredentialsProvider.create(
            sessionToken == null
                ? AwsBasicCredentials.create(accessKey, secretKey)
                : AwsSessionCredentials.create(accessKey, secretKey, sessionToken)));
  }

  /** The same account behind another endpoint; see {@link #endpoint}. */
  public BedrockAccount withEndpoint(URI value) {
    return new BedrockAccount(name, credentials, value);
  }

  @Override
  public String toString() {
    return endpoint == null ? name : name + " at " + endpoint;
  }
}
