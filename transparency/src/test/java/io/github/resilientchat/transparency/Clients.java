package io.github.resilientchat.transparency;

import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.BedrockClients;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Clients of both kinds for a service. */
public final class Clients implements AutoCloseable {

  /** Those of an account that the simulator knows. */
  public static final String ACCESS_KEY = "AKIASIMMAIN";

  private static final Region REGION = Region.US_EAST_1;

  private final URI endpoint;
  private final BedrockClients guarded = BedrockClients.create();
  private final BedrockRuntimeClient rawClient;
  private final BedrockRuntimeAsyncClient rawAsync;

  public Clients(URI endpoint) {
    this.endpoint = endpoint;
    StaticCredentialsProvider keys =
        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, "secret"));
    rawClient =
        BedrockRuntimeClient.builder()
            .endpointOverride(endpoint)
            .region(REGION)
            .credentialsProvider(keys)
            .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
    rawAsync =
        BedrockRuntimeAsyncClient.builder()
            .endpointOverride(endpoint)
            .region(REGION)
            .credentialsProvider(keys)
            .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
  }

  public BedrockRuntimeClient blocking(Way way) {
    return way == Way.GUARDED ? guarded.client(account(), REGION) : rawClient;
  }

  public BedrockRuntimeAsyncClient streaming(Way way) {
    return way == Way.GUARDED ? guarded.asyncClient(account(), REGION) : rawAsync;
  }

  private BedrockAccount account() {
    return BedrockAccount.staticKeys("main", ACCESS_KEY, "secret", null).withEndpoint(endpoint);
  }

  @Override
  public void close() {
    guarded.close();
    rawClient.close();
    rawAsync.close();
  }
}
