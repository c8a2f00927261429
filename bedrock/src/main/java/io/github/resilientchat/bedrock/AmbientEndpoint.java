package io.github.resilientchat.bedrock;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.services.bedrockruntime.endpoints.BedrockRuntimeEndpointProvider;

/**
 * An endpoint that the surroundings name for every client of the SDK: a system property, an
 * environment variable or the default profile. It would take the prompts and signatures of all
 * accounts and Regions to one host.
 *
 * @param source name of what names it
 */
record AmbientEndpoint(String source, URI endpoint) {

  private static final String SERVICE = "bedrock_runtime";
  private static final String URL = "endpoint_url";

  /** Which the SDK would follow, in its order. */
  static Optional<AmbientEndpoint> find() {
    if (isIgnored()) {
      return Optional.empty();
    }
    return Stream.<Supplier<Optional<AmbientEndpoint>>>of(
            () -> property("aws.endpointUrlBedrockRuntime"),
            () -> property("aws.endpointUrl"),
            () -> variable("AWS_ENDPOINT_URL_BEDROCK_RUNTIME"),
            () -> variable("AWS_ENDPOINT_URL"),
            AmbientEndpoint::ofProfile)
        .flatMap(place -> place.get().stream())
        .findFirst();
  }

  private static boolean isIgnored() {
    return Boolean.getBoolean("aws.ignoreConfiguredEndpointUrls")
        || Boolean.parseBoolean(System.getenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"));
  }

  private static Optional<AmbientEndpoint> property(String name) {
    return of("the system property " + name, System.getProperty(name));
  }

  private static Optional<AmbientEndpoint> variable(String name) {
    return of("the environment variable " + name, System.getenv(name));
  }

  private static Optional<AmbientEndpoint> ofProfile() {
    String name = ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
    ProfileFile file = ProfileFile.defaultProfileFile();
    return file.profile(name)
        .flatMap(
            profile ->
                ofServices(file, profile)
                    .or(() -> inProfile(profile, SERVICE + "." + URL))
                    .or(() -> inProfile(profile, URL)));
  }

  private static Optional<AmbientEndpoint> ofServices(ProfileFile file, Profile profile) {
    return profile
        .property("services")
        .flatMap(
            section ->
                file.getSection("services", section)
                    .flatMap(services -> services.property(SERVICE + "." + URL))
                    .flatMap(url -> of("the services section " + section, url)));
  }

  private static Optional<AmbientEndpoint> inProfile(Profile profile, String key) {
    return profile
        .property(key)
        .flatMap(url -> of(key + " of the AWS profile " + profile.name(), url));
  }

  private static Optional<AmbientEndpoint> of(String source, @Nullable String url) {
    // One that is no URI is refused by the SDK itself, which names it.
    return Optional.ofNullable(url).map(text -> new AmbientEndpoint(source, URI.create(text)));
  }

  /** Resolves the Region's own endpoint in its place, and all others as the SDK does. */
  BedrockRuntimeEndpointProvider passedOver() {
    BedrockRuntimeEndpointProvider rules = BedrockRuntimeEndpointProvider.defaultProvider();
    return params ->
        rules.resolveEndpoint(
            is(params.endpoint()) ? params.toBuilder().endpoint(null).build() : params);
  }

  private boolean is(@Nullable String other) {
    if (other == null) {
      return false;
    }
    URI asked = URI.create(other);
    return asked.getPort() == endpoint.getPort()
        && asked.getScheme().equalsIgnoreCase(endpoint.getScheme())
        && String.valueOf(asked.getHost()).equalsIgnoreCase(endpoint.getHost());
  }
}
