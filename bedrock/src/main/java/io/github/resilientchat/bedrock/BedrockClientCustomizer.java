package io.github.resilientchat.bedrock;

import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClientBuilder;

/**
 * Changes clients before {@link BedrockClients} builds them, as to add an interceptor or a FIPS
 * endpoint. Called once for each client, in the order in which the customizers were given, on the
 * thread that uses the client first and under no lock. When two threads are first at once, two
 * clients are built, and one of them is closed.
 *
 * <p>Retries stay off and the signature stays the account's own, whatever a customizer says. An
 * HTTP client that it sets is its own to close. To keep what is set already, change {@code
 * builder.overrideConfiguration().toBuilder()}: the variant that takes a lambda starts from
 * nothing.
 */
public interface BedrockClientCustomizer {

  default void customize(
      BedrockAccount account, Region region, BedrockRuntimeClientBuilder builder) {}

  default void customize(
      BedrockAccount account, Region region, BedrockRuntimeAsyncClientBuilder builder) {}
}
