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

/** The service, and clients of both kinds for it. */
final class Backend implements AutoCloseable {

  private static final Region REGION = Region.US_EAST_1;

  final RecordingBedrock bedrock = new RecordingBedrock();
  private final BedrockClients guarded = BedrockClients.create();
  private final BedrockRuntimeClient rawClient;
  private final BedrockRuntimeAsyncClient rawAsync;

  Backend() {
    URI endpoint = bedrock.endpoint();
    StaticCredentialsProvider keys =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
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

  BedrockRuntimeClient client(Way way) {
    return way == Way.GUARDED ? guarded.client(account(), REGION) : rawClient;
  }

  BedrockRuntimeAsyncClient async(Way way) {
    return way == Way.GUARDED ? guarded.asyncClient(account(), REGION) : rawAsync;
  }

  private BedrockAccount account() {
    return BedrockAccount.staticKeys("main", "key", "secret", null)
        .withEndpoint(bedrock.endpoint());
  }

  @Override
  public void close() {
    guarded.close();
    rawClient.close();
    rawAsync.close();
    bedrock.close();
  }
}
