package io.github.resilientchat.transparency;

import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** The service that notes every request, and clients of both kinds for it. */
final class Backend implements AutoCloseable {

  final RecordingBedrock bedrock = new RecordingBedrock();
  private final Clients clients = new Clients(bedrock.endpoint());

  BedrockRuntimeClient client(Way way) {
    return clients.blocking(way);
  }

  BedrockRuntimeAsyncClient async(Way way) {
    return clients.streaming(way);
  }

  @Override
  public void close() {
    clients.close();
    bedrock.close();
  }
}
