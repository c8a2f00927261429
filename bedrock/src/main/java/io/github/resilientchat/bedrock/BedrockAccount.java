package io.github.resilientchat.bedrock;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

/**
 * One AWS account as a router knows it: a name of our own, the credentials that lead into it, and
 * perhaps endpoints other than the public ones.
 *
 * <p>Whoever supplies a credentials provider closes it. Shown as text, an account never reveals
 * keys.
 *
 * @param name as in {@code Target.account()}; says nothing to AWS
 * @param credentials signs every call; a bearer token in the environment is ignored
 * @param endpoints where its Bedrock is reached
 */
public record BedrockAccount(
    String name, AwsCredentialsProvider credentials, RegionalEndpoints endpoints) {

  public BedrockAccount {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an account needs a name");
    }
    Objects.requireNonNull(credentials, () -> "account " + name + " needs credentials");
    Objects.requireNonNull(endpoints);
  }

  /** An account reached with these credentials, as of an assumed role. */
  public static BedrockAccount of(String name, AwsCredentialsProvider credentials) {
    return new BedrockAccount(name, credentials, RegionalEndpoints.PUBLIC);
  }

  /** The account that the SDK's default chain finds: environment, profile, container, instance. */
  public static BedrockAccount defaultChain(String name) {
    return of(name, new RenewableCredentials(() -> DefaultCredentialsProvider.builder().build()));
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
    return of(name, new RenewableCredentials(() -> ProfileCredentialsProvider.create(profileName)));
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

  /**
   * The same account behind one endpoint for all its Regions.
   *
   * @throws IllegalArgumentException if {@link EndpointGuard} objects
   */
  public BedrockAccount withEndpoint(URI value) {
    try {
      return withEndpoints(RegionalEndpoints.of(value.toString()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("account " + name + ": " + e.getMessage(), e);
    }
  }

  /** The same account behind other endpoints. */
  public BedrockAccount withEndpoints(RegionalEndpoints value) {
    return new BedrockAccount(name, credentials, value);
  }

  /**
   * The endpoint for calls to a Region, or empty for the public one.
   *
   * @throws IllegalArgumentException if it belongs to another Region
   */
  public Optional<URI> endpoint(Region region) {
    return endpoints.in(region.id());
  }

  @Override
  public String toString() {
    return endpoints.equals(RegionalEndpoints.PUBLIC) ? name : name + " at " + endpoints;
  }
}
