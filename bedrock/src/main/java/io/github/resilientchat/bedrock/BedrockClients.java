package io.github.resilientchat.bedrock;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
 * created when first asked for. Each account has connections of its own, on shared threads, so that
 * a lost connection ends the streams of one account only, and stuck calls leave others room.
 *
 * <p>They never retry, since a router does; they always sign with the account's credentials, even
 * when {@code AWS_BEARER_TOKEN_BEDROCK} is set; and they are guarded as {@link
 * GuardedBedrockRuntimeClient} and {@link GuardedBedrockRuntimeAsyncClient} say. No timeout spans a
 * whole stream, whatever a customizer says.
 *
 * <p>Thread-safe. Closing this ends the calls that are under way as cancelled, and closes every
 * client and all HTTP clients; do not close single ones.
 */
public final class BedrockClients implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BedrockClients.class);

  private record Place(BedrockAccount account, Region region) {}

  private final OpenCalls calls = new OpenCalls();
  private final SharedHttp http;
  private final List<BedrockClientCustomizer> customizers;
  private final Map<Place, BedrockRuntimeClient> blocking = new ConcurrentHashMap<>();
  private final Map<Place, BedrockRuntimeAsyncClient> streaming = new ConcurrentHashMap<>();
  private final boolean followAmbientEndpoint;
  private final AtomicBoolean warned = new AtomicBoolean();
  private volatile boolean closed;

  private BedrockClients(Builder builder) {
    http =
        new SharedHttp(
            new HttpSettings(
                builder.protocol,
                builder.maxConcurrency,
                builder.maxStreamsPerConnection,
                builder.connectTimeout,
                builder.readTimeout));
    customizers = List.copyOf(builder.customizers);
    followAmbientEndpoint = builder.followAmbientEndpoint;
  }

  /** Clients with the defaults of {@link Builder}. */
  public static BedrockClients create() {
    return builder().build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The client for blocking calls. */
  public BedrockRuntimeClient client(BedrockAccount account, Region region) {
    return in(blocking, new Place(account, region), this::newClient);
  }

  /** The client for streaming calls. */
  public BedrockRuntimeAsyncClient asyncClient(BedrockAccount account, Region region) {
    return in(streaming, new Place(account, region), this::newAsyncClient);
  }

  /** Builds under no lock: customizers may take their time, and ask for other clients. */
  private <C extends SdkAutoCloseable> C in(
      Map<Place, C> clients, Place place, Function<Place, C> build) {
    requireOpen();
    C known = clients.get(place);
    if (known != null) {
      return known;
    }
    C built = build.apply(place);
    C earlier = clients.putIfAbsent(place, built);
    if (earlier != null) {
      built.close();
      return earlier;
    }
    if (closed) {
      built.close();
    }
    requireOpen();
    return built;
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
    return new GuardedBedrockRuntimeClient(builder.build(), calls);
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
    return new GuardedBedrockRuntimeAsyncClient(builder.build(), calls);
  }

  private <B extends BedrockRuntimeBaseClientBuilder<B, ?> & AwsClientBuilder<B, ?>> void locate(
      B builder, Place place) {
    builder.region(place.region());
    builder.overrideConfiguration(config -> config.scheduledExecutorService(http.timers()));
    Optional<URI> own = place.account().endpoint(place.region());
    own.ifPresent(builder::endpointOverride);
    if (own.isEmpty()) {
      AmbientEndpoint.find().ifPresent(ambient -> meet(ambient, builder));
    }
  }

  private void meet(AmbientEndpoint ambient, BedrockRuntimeBaseClientBuilder<?, ?> builder) {
    if (!followAmbientEndpoint) {
      builder.endpointProvider(ambient.passedOver());
    }
    if (warned.compareAndSet(false, true)) {
      LOG.warn(
          "{} names the endpoint {} for every AWS client of this process; prompts and signatures of"
              + " all accounts and Regions {} (resilient.http.allow-ambient-endpoint={})",
          ambient.source(),
          ambient.endpoint().getHost(),
          followAmbientEndpoint ? "go there" : "do not go there",
          followAmbientEndpoint);
    }
  }

  /** What no customizer may change. */
  private static void fix(BedrockRuntimeBaseClientBuilder<?, ?> builder, Place place) {
    // A retried stream is played into the same handler again, and every retry takes quota.
    builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder()
            .retryStrategy(AwsRetryStrategy.doNotRetry())
            .addExecutionInterceptor(new NoPastRetryAfter())
            .build());
    if (place.account().credentials() instanceof RenewableCredentials renewable) {
      builder.overrideConfiguration(
          builder.overrideConfiguration().toBuilder()
              .addExecutionInterceptor(new RefusedCredentials(renewable))
              .build());
    }
    builder.credentialsProvider(new AccountCredentials(place.account()));
    // A bearer token in the environment otherwise wins over any credentials provider, on every
    // client: all accounts would silently be one (seen with SDK 2.54.14).
    builder.authSchemeProvider(BedrockRuntimeAuthSchemeProvider.defaultProvider(List.of("sigv4")));
  }

  /**
   * Options of the clients. Defaults: HTTP/2 for streams as AWS negotiates it (over plain HTTP to
   * this machine by prior knowledge), 20 of them on a connection; HTTP/1.1 for blocking calls; 500
   * open calls, 2 seconds to connect, 10 minutes without a byte, no customizers.
   */
  public static final class Builder {

    private final List<BedrockClientCustomizer> customizers = new ArrayList<>();
    private @Nullable Protocol protocol = HttpSettings.DEFAULTS.protocol();
    private int maxConcurrency = HttpSettings.DEFAULTS.maxConcurrency();
    private int maxStreamsPerConnection = HttpSettings.DEFAULTS.maxStreamsPerConnection();
    private Duration connectTimeout = HttpSettings.DEFAULTS.connectTimeout();
    private Duration readTimeout = HttpSettings.DEFAULTS.readTimeout();

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
