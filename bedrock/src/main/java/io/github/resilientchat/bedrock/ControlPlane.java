package io.github.resilientchat.bedrock;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrock.BedrockClient;
import software.amazon.awssdk.services.bedrock.BedrockClientBuilder;
import software.amazon.awssdk.services.bedrock.auth.scheme.BedrockAuthSchemeProvider;
import software.amazon.awssdk.services.bedrock.endpoints.BedrockEndpointProvider;
import software.amazon.awssdk.services.bedrock.model.FoundationModelLifecycle;
import software.amazon.awssdk.services.bedrock.model.InferenceProfileModel;
import software.amazon.awssdk.services.bedrock.model.InferenceProfileType;

/**
 * What Bedrock's control plane tells of accounts: their inference profiles, and the lives of
 * models. Asked once for each account and Region, and remembered; a failure is not.
 *
 * <p>Needs {@code bedrock:ListInferenceProfiles} and {@code bedrock:GetFoundationModel}. Follows no
 * endpoint of the surroundings. Thread-safe; whoever makes one closes it.
 */
public final class ControlPlane implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int PAGE = 1_000;

  private record Place(BedrockAccount account, Region region) {}

  private final Function<BedrockAccount, RegionalEndpoints> endpoints;
  private final Duration patience;
  private final Lazy<SdkHttpClient> http;
  private final Map<Place, Lazy<BedrockClient>> clients = new ConcurrentHashMap<>();
  private final Map<Place, InferenceProfiles> known = new ConcurrentHashMap<>();

  /**
   * Waits 5 seconds for each answer.
   *
   * @param endpoints of the control plane of each account
   * @param proxy through which it is asked, or null for what the SDK does by itself
   */
  public ControlPlane(
      Function<BedrockAccount, RegionalEndpoints> endpoints, @Nullable HttpProxy proxy) {
    this(endpoints, proxy, PATIENCE);
  }

  /**
   * The same with another patience.
   *
   * @param patience how long an answer may take at most, with all that is tried again
   */
  public ControlPlane(
      Function<BedrockAccount, RegionalEndpoints> endpoints,
      @Nullable HttpProxy proxy,
      Duration patience) {
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("patience must be positive: " + patience);
    }
    this.endpoints = endpoints;
    this.patience = patience;
    this.http = new Lazy<>(() -> newHttp(proxy));
  }

  /** How long an answer may take at most. */
  public Duration patience() {
    return patience;
  }

  private static SdkHttpClient newHttp(@Nullable HttpProxy proxy) {
    Apache5HttpClient.Builder apache =
        Apache5HttpClient.builder().connectionTimeout(HttpSettings.DEFAULTS.connectTimeout());
    if (proxy != null) {
      apache.proxyConfiguration(proxy.forCalls());
    }
    return apache.build();
  }

  /**
   * The profiles of AWS and of the application, every page of them.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if it does not tell
   */
  public InferenceProfiles profiles(BedrockAccount account, Region region) {
    InferenceProfiles before = known.get(new Place(account, region));
    return before == null ? profilesNow(account, region) : before;
  }

  /**
   * The same, asked again: an application's own come and go.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if it does not tell
   */
  public InferenceProfiles profilesNow(BedrockAccount account, Region region) {
    Place place = new Place(account, region);
    // Without a type the service tells of its own profiles only (aws-cli 9728).
    List<InferenceProfiles.Known> all =
        Stream.of(InferenceProfileType.SYSTEM_DEFINED, InferenceProfileType.APPLICATION)
            .flatMap(type -> pages(client(place), type))
            .toList();
    InferenceProfiles found = new InferenceProfiles(all);
    known.put(place, found);
    return found;
  }

  private static Stream<InferenceProfiles.Known> pages(
      BedrockClient client, InferenceProfileType type) {
    return client
        .listInferenceProfilesPaginator(request -> request.typeEquals(type).maxResults(PAGE))
        .inferenceProfileSummaries()
        .stream()
        .map(
            each ->
                InferenceProfiles.Known.of(
                    each.inferenceProfileId(),
                    each.inferenceProfileArn(),
                    each.models().stream().map(InferenceProfileModel::modelArn).toList()));
  }

  /**
   * When a model ends, if that is known; empty for one that goes on.
   *
   * @param foundationModel without a geography
   * @throws software.amazon.awssdk.core.exception.SdkException if it does not tell
   */
  public Optional<Instant> endOfLife(
      BedrockAccount account, Region region, String foundationModel) {
    FoundationModelLifecycle life =
        client(new Place(account, region))
            .getFoundationModel(request -> request.modelIdentifier(foundationModel))
            .modelDetails()
            .modelLifecycle();
    return Optional.ofNullable(life).map(FoundationModelLifecycle::endOfLifeTime);
  }

  private BedrockClient client(Place place) {
    return clients.computeIfAbsent(place, first -> new Lazy<>(() -> newClient(place))).get();
  }

  private BedrockClient newClient(Place place) {
    BedrockAccount account = place.account();
    BedrockClientBuilder builder =
        BedrockClient.builder()
            .httpClient(http.get())
            .region(place.region())
            .overrideConfiguration(
                config ->
                    config
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                        .apiCallTimeout(patience));
    Optional<URI> own = endpoints.apply(account).in(place.region().id());
    if (own.isPresent()) {
      builder.endpointOverride(own.get()).fipsEnabled(false).dualstackEnabled(false);
    } else {
      BedrockEndpointProvider rules = BedrockEndpointProvider.defaultProvider();
      builder.endpointProvider(
          params -> rules.resolveEndpoint(params.toBuilder().endpoint(null).build()));
      if (account.fips() != null) {
        builder.fipsEnabled(account.fips());
      }
      if (account.dualStack() != null) {
        builder.dualstackEnabled(account.dualStack());
      }
    }
    Optional<AwsCredentialsProvider> signing = account.credentials();
    if (account.access() instanceof AccountAccess.ApiKey key) {
      builder.tokenProvider(key.tokens()).authSchemeProvider(only("httpBearerAuth"));
    } else if (signing.isPresent()) {
      builder
          .credentialsProvider(new AccountCredentials(account.name(), signing.get()))
          .authSchemeProvider(only("sigv4"));
    }
    return builder.build();
  }

  private static BedrockAuthSchemeProvider only(String scheme) {
    return BedrockAuthSchemeProvider.defaultProvider(List.of(scheme));
  }

  @Override
  public void close() {
    clients.values().forEach(Lazy::close);
    http.close();
  }
}
