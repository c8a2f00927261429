package io.github.resilientchat.bedrock;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
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
 * @param access how it shows who calls, whatever keys the environment holds
 * @param endpoints where its Bedrock is reached
 * @param fips whether the public endpoints are those of FIPS 140, or null for what the SDK finds
 * @param dualStack whether they have IPv6 addresses too, or null for what the SDK finds
 */
public record BedrockAccount(
    String name,
    AccountAccess access,
    RegionalEndpoints endpoints,
    @Nullable Boolean fips,
    @Nullable Boolean dualStack) {

  public BedrockAccount {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an account needs a name");
    }
    Objects.requireNonNull(access, () -> "account " + name + " needs credentials");
    Objects.requireNonNull(endpoints);
    if (!endpoints.equals(RegionalEndpoints.PUBLIC)
        && (Boolean.TRUE.equals(fips) || Boolean.TRUE.equals(dualStack))) {
      throw new IllegalArgumentException(
          "account " + name + ": an endpoint of its own and FIPS or dual stack exclude each other");
    }
  }

  /**
   * An account reached with these credentials. A {@link RenewableCredentialsProvider} is told when
   * the service did not take them.
   */
  public static BedrockAccount of(String name, AwsCredentialsProvider credentials) {
    AwsCredentialsProvider heeding =
        credentials instanceof RenewableCredentialsProvider renewable
            ? new RenewedOnRefusal(renewable)
            : credentials;
    return of(name, new AccountAccess.Signature(heeding));
  }

  private static BedrockAccount of(String name, AccountAccess access) {
    return new BedrockAccount(name, access, RegionalEndpoints.PUBLIC, null, null);
  }

  /**
   * An account reached with credentials of this making; when the service does not take them, others
   * are made.
   */
  public static BedrockAccount renewable(
      String name, Supplier<? extends AwsCredentialsProvider> credentials) {
    return of(name, new RenewableCredentials(credentials));
  }

  /** The account that a Bedrock API key was made in. */
  public static BedrockAccount apiKey(String name, String key) {
    try {
      return of(name, new AccountAccess.ApiKey(key));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("account " + name + ": " + e.getMessage(), e);
    }
  }

  /**
   * The account that the SDK's default chain finds: environment, profile, container, instance. A
   * role that it comes upon is the SDK's to assume; {@link RoleSessions#surroundings} is without
   * that.
   */
  public static BedrockAccount defaultChain(String name) {
    return renewable(name, () -> DefaultCredentialsProvider.builder().build());
  }

  /**
   * The account of a profile in the shared configuration and credentials files. Profiles with
   * single sign-on need the SDK's {@code sso} and {@code ssooidc} modules on the class path. The
   * role of one is the SDK's to assume; {@link RoleSessions#profile} is without that.
   *
   * @throws IllegalArgumentException if there is no such profile, naming those that exist, or if it
   *     needs a module of the SDK that is missing, naming that
   */
  public static BedrockAccount profile(String name, String profileName) {
    ProfileFile file = ProfileFile.defaultProfileFile();
    if (file.profile(profileName).isEmpty()) {
      throw new IllegalArgumentException(
          "account %s: no profile '%s' in the shared AWS configuration and credentials files; found: %s"
              .formatted(name, profileName, file.profiles().keySet().stream().sorted().toList()));
    }
    new ProfileModules(file)
        .objection(profileName)
        .ifPresent(
            objection -> {
              throw new IllegalArgumentException("account " + name + ": " + objection);
            });
    return renewable(name, () -> ProfileCredentialsProvider.create(profileName));
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
    return new BedrockAccount(name, access, value, fips, dualStack);
  }

  /** The same account behind endpoints of these kinds; null leaves one to the SDK. */
  public BedrockAccount withVariants(@Nullable Boolean useFips, @Nullable Boolean useDualStack) {
    return new BedrockAccount(name, access, endpoints, useFips, useDualStack);
  }

  /** What signs its calls; empty where an API key takes the place of signatures. */
  public Optional<AwsCredentialsProvider> credentials() {
    return access instanceof AccountAccess.Signature signature
        ? Optional.of(signature.credentials())
        : Optional.empty();
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
