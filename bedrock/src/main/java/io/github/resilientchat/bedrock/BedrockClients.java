package io.github.resilientchat.bedrock;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeBaseClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.auth.scheme.BedrockRuntimeAuthSchemeProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK clients of a router: one blocking and one asynchronous for each account and Region,
 * opened when first used. Each account has connections of its own, on shared threads, so that a
 * lost connection ends the streams of one account only, and stuck calls leave others room.
 *
 * <p>They never retry, since a router does; they always show the account's own credentials, even
 * when {@code AWS_BEARER_TOKEN_BEDROCK} is set; and they are guarded as {@link
 * GuardedBedrockRuntimeClient} and {@link GuardedBedrockRuntimeAsyncClient} say. No timeout spans a
 * whole stream, whatever a customizer says.
 *
 * <p>Thread-safe. Closing this ends the calls that are under way as cancelled, and closes every
 * client and all HTTP clients; do not close single ones.
 */
public final class BedrockClients implements AutoCloseable {

  private record Place(BedrockAccount account, Region region) {}

  private final OpenCalls calls = new OpenCalls();
  private final SharedHttp http;
  private final List<BedrockClientCustomizer> customizers;
  private final Map<Place, GuardedBedrockRuntimeClient> blocking = new ConcurrentHashMap<>();
  private final Map<Place, GuardedBedrockRuntimeAsyncClient> streaming = new ConcurrentHashMap<>();
  private final AmbientRule ambient;
  private volatile boolean closed;

  private BedrockClients(Builder builder) {
    http =
        new SharedHttp(
            new HttpSettings(
                builder.protocol,
                builder.maxConcurrency,
                builder.maxStreamsPerConnection,
                builder.connectTimeout,
                builder.readTimeout,
                builder.proxy));
    customizers = List.copyOf(builder.customizers);
    ambient = new AmbientRule(builder.followAmbientEndpoint);
  }

  /** Clients with the defaults of {@link Builder}. */
  public static BedrockClients create() {
    return builder().build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * The client for blocking calls.
   *
   * @throws IllegalArgumentException if the account's endpoint belongs to another Region
   */
  public BedrockRuntimeClient client(BedrockAccount account, Region region) {
    return guarded(account, region);
  }

  /** The same, for a target whose requests look so. */
  public BedrockRuntimeClient client(BedrockAccount account, Region region, RequestShape shape) {
    GuardedBedrockRuntimeClient plain = guarded(account, region);
    return shape.isPlain() ? plain : plain.shapedBy(shape);
  }

  private GuardedBedrockRuntimeClient guarded(BedrockAccount account, Region region) {
    return blocking.computeIfAbsent(
        checked(account, region),
        place -> new GuardedBedrockRuntimeClient(new Lazy<>(() -> newClient(place)), calls));
  }

  /**
   * The client for streams, and for other asynchronous calls.
   *
   * @throws IllegalArgumentException if the account's endpoint belongs to another Region
   */
  public BedrockRuntimeAsyncClient asyncClient(BedrockAccount account, Region region) {
    return guardedAsync(account, region);
  }

  /** The same, for a target whose requests look so. */
  public BedrockRuntimeAsyncClient asyncClient(
      BedrockAccount account, Region region, RequestShape shape) {
    GuardedBedrockRuntimeAsyncClient plain = guardedAsync(account, region);
    return shape.isPlain() ? plain : plain.shapedBy(shape);
  }

  private GuardedBedrockRuntimeAsyncClient guardedAsync(BedrockAccount account, Region region) {
    return streaming.computeIfAbsent(
        checked(account, region),
        place ->
            new GuardedBedrockRuntimeAsyncClient(new Lazy<>(() -> newAsyncClient(place)), calls));
  }

  private Place checked(BedrockAccount account, Region region) {
    requireOpen();
    if (account.endpoint(region).isEmpty()) {
      ambient.warnOnce();
    }
    return new Place(account, region);
  }

  @Override
  public void close() {
    closed = true;
    calls.close();
    blocking.values().forEach(SdkAutoCloseable::close);
    streaming.values().forEach(SdkAutoCloseable::close);
    http.close();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("these clients are closed");
    }
  }

  private BedrockRuntimeClient newClient(Place place) {
    BedrockRuntimeClientBuilder builder = BedrockRuntimeClient.builder();
    builder.httpClient(http.blocking(place.account()));
    locate(builder, place);
    customizers.forEach(each -> each.customize(place.account(), place.region(), builder));
    fix(builder, place);
    return builder.build();
  }

  private BedrockRuntimeAsyncClient newAsyncClient(Place place) {
    BedrockRuntimeAsyncClientBuilder builder = BedrockRuntimeAsyncClient.builder();
    builder.httpClient(http.streaming(place.account()));
    builder.asyncConfiguration(
        async ->
            async.advancedOption(
                SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, http.completion()));
    locate(builder, place);
    customizers.forEach(each -> each.customize(place.account(), place.region(), builder));
    fix(builder, place);
    // They would span a whole stream, and cut a healthy one; the silence of a dead one has limits.
    builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder()
            .apiCallTimeout(null)
            .apiCallAttemptTimeout(null)
            .build());
    return builder.build();
  }

  private <B extends BedrockRuntimeBaseClientBuilder<B, ?> & AwsClientBuilder<B, ?>> void locate(
      B builder, Place place) {
    builder.region(place.region());
    builder.overrideConfiguration(config -> config.scheduledExecutorService(http.timers()));
    BedrockAccount account = place.account();
    Optional<URI> own = account.endpoint(place.region());
    if (own.isPresent()) {
      // The SDK refuses an endpoint together with a variant, which the surroundings may ask for.
      builder.endpointOverride(own.get()).fipsEnabled(false).dualstackEnabled(false);
      return;
    }
    if (account.fips() != null) {
      builder.fipsEnabled(account.fips());
    }
    if (account.dualStack() != null) {
      builder.dualstackEnabled(account.dualStack());
    }
    ambient.passOver(builder);
  }

  /** What no customizer may change. */
  private static void fix(BedrockRuntimeBaseClientBuilder<?, ?> builder, Place place) {
    // A retried stream is played into the same handler again, and every retry takes quota.
    builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder()
            .retryStrategy(AwsRetryStrategy.doNotRetry())
            .addExecutionInterceptor(new NoPastRetryAfter())
            .build());
    if (place.account().access() instanceof AccountAccess.ApiKey key) {
      builder.tokenProvider(key.tokens());
      builder.authSchemeProvider(only("httpBearerAuth"));
    } else if (place.account().access() instanceof AccountAccess.Signature signature) {
      sign(builder, place.account().name(), signature.credentials());
    }
  }

  private static void sign(
      BedrockRuntimeBaseClientBuilder<?, ?> builder,
      String account,
      AwsCredentialsProvider credentials) {
    if (credentials instanceof Refusable refusable) {
      builder.overrideConfiguration(
          builder.overrideConfiguration().toBuilder()
              .addExecutionInterceptor(new RefusedCredentials(refusable))
              .build());
    }
    builder.credentialsProvider(new AccountCredentials(account, credentials));
    builder.authSchemeProvider(only("sigv4"));
  }

  /**
   * A bearer token in the environment otherwise wins over any credentials provider, on every
   * client: all accounts would silently be one (seen with SDK 2.57.8).
   */
  private static BedrockRuntimeAuthSchemeProvider only(String scheme) {
    return BedrockRuntimeAuthSchemeProvider.defaultProvider(List.of(scheme));
  }

  /**
   * Options of the clients. Defaults: HTTP/2 for streams as AWS negotiates it (over plain HTTP to
   * this machine by prior knowledge), 20 of them on a connection; HTTP/1.1 for blocking calls; 500
   * open calls, 2 seconds to connect, 10 minutes without a byte, no proxy, no customizers.
   */
  public static final class Builder {

    private final List<BedrockClientCustomizer> customizers = new ArrayList<>();
    private @Nullable Protocol protocol = HttpSettings.DEFAULTS.protocol();
    private int maxConcurrency = HttpSettings.DEFAULTS.maxConcurrency();
    private int maxStreamsPerConnection = HttpSettings.DEFAULTS.maxStreamsPerConnection();
    private Duration connectTimeout = HttpSettings.DEFAULTS.connectTimeout();
    private Duration readTimeout = HttpSettings.DEFAULTS.readTimeout();
    private @Nullable HttpProxy proxy;
    private boolean followAmbientEndpoint;

    private Builder() {}

    /** Of streaming calls; for proxies that do not let HTTP/2 through. Null negotiates. */
    public Builder protocol(@Nullable Protocol value) {
      protocol = value;
      return this;
    }

    /** Open streams per account and Region, and open blocking calls per account. */
    public Builder maxConcurrency(int value) {
      maxConcurrency = value;
      return this;
    }

    /** How many streams share an HTTP/2 connection, and end together when it is lost. */
    public Builder maxStreamsPerConnection(int value) {
      maxStreamsPerConnection = value;
      return this;
    }

    public Builder connectTimeout(Duration value) {
      connectTimeout = value;
      return this;
    }

    /** The longest silence on a connection; a last resort behind the timeouts of the routes. */
    public Builder readTimeout(Duration value) {
      readTimeout = value;
      return this;
    }

    /** Through which everything goes; null leaves it to the SDK, which heeds some surroundings. */
    public Builder proxy(@Nullable HttpProxy value) {
      proxy = value;
      return this;
    }

    /**
     * Whether an endpoint that the environment, a system property or the default profile names for
     * all of the SDK's clients is followed by accounts without one of their own. Off: it would take
     * all accounts and Regions to one host, past the {@link EndpointGuard}.
     */
    public Builder followAmbientEndpoint(boolean value) {
      followAmbientEndpoint = value;
      return this;
    }

    public Builder customizer(BedrockClientCustomizer value) {
      customizers.add(value);
      return this;
    }

    public BedrockClients build() {
      return new BedrockClients(this);
    }
  }
}
