package io.github.resilientchat.bedrock;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The security token service as one role's sessions are asked of it, in one Region after the other
 * when one does not answer. Thread-safe.
 */
final class TokenService implements SdkAutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Lazy<SdkHttpClient> http;
  private final StsPlaces places;
  private final AwsCredentialsProvider source;
  private final Map<Region, Lazy<StsClient>> clients = new LinkedHashMap<>();

  /**
   * @param source whose credentials sign the requests
   */
  TokenService(Lazy<SdkHttpClient> http, StsPlaces places, AwsCredentialsProvider source) {
    this.http = http;
    this.places = places;
    this.source = source;
    places.regions().forEach(region -> clients.put(region, new Lazy<>(() -> newClient(region))));
  }

  /**
   * Asks until somebody answers; a refusal is an answer.
   *
   * @throws SdkException the last, in which those before it are suppressed
   */
  <T> T ask(Function<StsClient, T> question) {
    Optional<SdkException> before = Optional.empty();
    for (Lazy<StsClient> client : clients.values()) {
      try {
        return question.apply(client.get());
      } catch (CredentialsUnavailableException e) {
        throw e;
      } catch (SdkClientException e) {
        before = Optional.of(joined(before, e));
      } catch (AwsServiceException e) {
        if (e.statusCode() < 500 && e.statusCode() != 429) {
          throw e;
        }
        before = Optional.of(joined(before, e));
      }
    }
    throw before.orElseThrow();
  }

  private static SdkException joined(Optional<SdkException> before, SdkException last) {
    before.filter(earlier -> earlier != last).ifPresent(last::addSuppressed);
    return last;
  }

  private StsClient newClient(Region region) {
    StsClientBuilder builder =
        StsClient.builder()
            .httpClient(http.get())
            .region(region)
            .credentialsProvider(source)
            .overrideConfiguration(
                config ->
                    config.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(PATIENCE));
    Optional<URI> own = places.endpoints().in(region.id());
    if (own.isPresent()) {
      // The SDK refuses an endpoint together with a variant, which the surroundings may ask for.
      builder.endpointOverride(own.get()).fipsEnabled(false).dualstackEnabled(false);
    } else {
      StsEndpointProvider rules = StsEndpointProvider.defaultProvider();
      builder.endpointProvider(
          params ->
              rules.resolveEndpoint(
                  params.toBuilder().endpoint(null).useGlobalEndpoint(false).build()));
      if (places.fips() != null) {
        builder.fipsEnabled(places.fips());
      }
      if (places.dualStack() != null) {
        builder.dualstackEnabled(places.dualStack());
      }
    }
    return builder.build();
  }

  @Override
  public void close() {
    clients.values().forEach(Lazy::close);
  }
}
