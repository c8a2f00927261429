package io.github.resilientchat.bedrock;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;

/**
 * Roles that the surroundings name: those of profiles in the shared configuration files, and that
 * of a web identity in the environment, as Kubernetes gives it to its pods. The SDK would assume
 * them by a client of its own, which follows the endpoints that the environment names and lets a
 * call wait for a new session.
 */
final class AmbientRoles {

  private static final Logger LOG = LoggerFactory.getLogger(AmbientRoles.class);

  private final RoleSessions sessions;
  private final StsPlaces places;

  AmbientRoles(RoleSessions sessions, StsPlaces places) {
    this.sessions = sessions;
    this.places = places;
  }

  /**
   * What the SDK's default chain would find: keys of the environment come first, then its web
   * identity, then its profile; whatever else there is, is the chain's to find. A profile that
   * lacks a module is warned of: the chain passes over it, to a container's or an instance's keys.
   */
  BedrockAccount surroundings(String name) {
    if (isSet(SdkSystemSetting.AWS_ACCESS_KEY_ID)
        && isSet(SdkSystemSetting.AWS_SECRET_ACCESS_KEY)) {
      return BedrockAccount.defaultChain(name);
    }
    Optional<String> token = SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue();
    Optional<String> arn = SdkSystemSetting.AWS_ROLE_ARN.getStringValue();
    if (token.isPresent() && arn.isPresent()) {
      AssumedRole role =
          named(AssumedRole.of(arn.get()), SdkSystemSetting.AWS_ROLE_SESSION_NAME.getStringValue())
              .webIdentityTokenFile(Path.of(token.get()));
      return sessions.account(name, role, places);
    }
    String profile = ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
    Optional<ProfileFile> file =
        readable().filter(readable -> readable.profile(profile).isPresent());
    if (file.flatMap(readable -> readable.profile(profile))
        .filter(AmbientRoles::isRole)
        .isPresent()) {
      return profile(name, profile);
    }
    file.flatMap(readable -> new ProfileModules(readable).objection(profile))
        .ifPresent(
            objection ->
                LOG.warn(
                    "account {}: {}; as it is, its calls fail, unless a container or an instance"
                        + " gives keys",
                    name,
                    objection));
    return BedrockAccount.defaultChain(name);
  }

  /** The chain passes over files that it cannot read. */
  private static Optional<ProfileFile> readable() {
    try {
      return Optional.of(ProfileFile.defaultProfileFile());
    } catch (RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean isSet(SdkSystemSetting setting) {
    return setting.getStringValue().filter(value -> !value.isBlank()).isPresent();
  }

  /**
   * The account of a profile.
   *
   * @throws IllegalArgumentException as {@link BedrockAccount#profile} does, and for a role that
   *     cannot be assumed so
   */
  BedrockAccount profile(String name, String profileName) {
    Optional<Profile> found =
        ProfileFile.defaultProfileFile().profile(profileName).filter(AmbientRoles::isRole);
    // For its objections, too; opens nothing.
    BedrockAccount plain = BedrockAccount.profile(name, profileName);
    return found.isEmpty() ? plain : assumed(name, found.get());
  }

  /** Whether the profile tells both a role and how to come to it. */
  private static boolean isRole(Profile profile) {
    return has(profile, ProfileProperty.ROLE_ARN)
        && (has(profile, ProfileProperty.WEB_IDENTITY_TOKEN_FILE)
            || has(profile, ProfileProperty.SOURCE_PROFILE)
            || has(profile, ProfileProperty.CREDENTIAL_SOURCE));
  }

  private BedrockAccount assumed(String name, Profile profile) {
    try {
      AssumedRole role = role(profile);
      return role.webIdentityTokenFile() != null
          ? sessions.account(name, role, places)
          : sessions.account(name, role, source(profile), places);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "account %s: the profile '%s': %s".formatted(name, profile.name(), e.getMessage()), e);
    }
  }

  private static AssumedRole role(Profile profile) {
    AssumedRole role =
        named(
            AssumedRole.of(profile.property(ProfileProperty.ROLE_ARN).orElseThrow()),
            profile.property(ProfileProperty.ROLE_SESSION_NAME));
    Optional<String> seconds = profile.property(ProfileProperty.DURATION_SECONDS);
    if (seconds.isPresent()) {
      role = role.duration(seconds(seconds.get()));
    }
    Optional<String> token = profile.property(ProfileProperty.WEB_IDENTITY_TOKEN_FILE);
    return token.isPresent()
        ? role.webIdentityTokenFile(Path.of(token.get()))
        : role.externalId(profile.property(ProfileProperty.EXTERNAL_ID).orElse(null));
  }

  private static Duration seconds(String text) {
    try {
      return Duration.ofSeconds(Long.parseLong(text));
    } catch (NumberFormatException unreadable) {
      throw new IllegalArgumentException(
          ProfileProperty.DURATION_SECONDS
              + "="
              + text
              + " is no number of seconds; write 900 to 43200, or leave it out");
    }
  }

  private static AssumedRole named(AssumedRole role, Optional<String> session) {
    return session.map(role::sessionName).orElse(role);
  }

  /** Whose keys assume the role of a profile. */
  private BedrockAccount source(Profile profile) {
    Optional<String> other = profile.property(ProfileProperty.SOURCE_PROFILE);
    if (other.isEmpty()) {
      return credentialSource(profile.property(ProfileProperty.CREDENTIAL_SOURCE).orElseThrow());
    }
    String name = "profile " + other.get();
    return other.get().equals(profile.name()) ? ownKeys(name, profile) : profile(name, other.get());
  }

  /** A profile that names itself has keys beside its role. */
  private static BedrockAccount ownKeys(String name, Profile profile) {
    return BedrockAccount.staticKeys(
        name,
        key(profile, ProfileProperty.AWS_ACCESS_KEY_ID),
        key(profile, ProfileProperty.AWS_SECRET_ACCESS_KEY),
        profile.property(ProfileProperty.AWS_SESSION_TOKEN).orElse(null));
  }

  private static String key(Profile profile, String property) {
    return profile
        .property(property)
        .orElseThrow(
            () -> new IllegalArgumentException("it is its own source and has no " + property));
  }

  private static BedrockAccount credentialSource(String kind) {
    return BedrockAccount.renewable(
        kind,
        switch (kind.toLowerCase(Locale.ROOT)) {
          case "environment" -> AmbientRoles::environment;
          case "ec2instancemetadata" -> InstanceProfileCredentialsProvider::create;
          case "ecscontainer" -> () -> ContainerCredentialsProvider.builder().build();
          default ->
              throw new IllegalArgumentException(
                  "credential_source is Environment, Ec2InstanceMetadata or EcsContainer, not "
                      + kind);
        });
  }

  private static AwsCredentialsProvider environment() {
    return AwsCredentialsProviderChain.of(
        SystemPropertyCredentialsProvider.create(),
        EnvironmentVariableCredentialsProvider.create());
  }

  private static boolean has(Profile profile, String property) {
    return profile.property(property).isPresent();
  }
}
