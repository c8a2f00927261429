package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.bedrock.BedrockAccount;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where a Bedrock of tests or of development answers, whatever backend and accounts the properties
 * name: a bean of whoever starts one, as a container or the simulator. Every account of the routes
 * is then one of that Bedrock's; no credentials of the properties are looked for.
 */
@FunctionalInterface
public interface BedrockConnectionDetails extends ConnectionDetails {

  /** An account of the routes as it is known there: its credentials, and the endpoint to call. */
  BedrockAccount account(String name);
}
