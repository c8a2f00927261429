package io.github.resilientchat.benchmarks.chaos;

import io.github.resilientchat.benchmarks.rig.Voices;
import io.github.resilientchat.simulator.BedrockSimulator;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** A target of a contender: an account behind an endpoint, and the count of what is sent there. */
record Where(String account, URI endpoint, Meter meter) {

  static final String MODEL = "amazon.nova-pro-v1:0";

  /** Two of three accounts are used in one Region. */
  static Region regionOf(String account) {
    return Region.of(Voices.regionOf(account));
  }

  AwsCredentialsProvider keys() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            BedrockSimulator.accessKey(account), BedrockSimulator.secretKey()));
  }
}
