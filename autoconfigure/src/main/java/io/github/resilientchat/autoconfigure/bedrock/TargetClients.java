package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.route.RoutesNow;
import io.github.resilientchat.bedrock.BedrockClients;
import io.github.resilientchat.core.route.Target;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/**
 * The client of each target: that of its account and Region, shared by all who name them, made to
 * send what the target takes.
 */
public record TargetClients(BedrockClients clients, BedrockAccounts accounts, RoutesNow routes) {

  public BedrockRuntimeClient blocking(Target target) {
    return clients.client(
        accounts.account(target.account()),
        Region.of(target.region()),
        routes.get().settings(target).shape());
  }

  public BedrockRuntimeAsyncClient streaming(Target target) {
    return clients.asyncClient(
        accounts.account(target.account()),
        Region.of(target.region()),
        routes.get().settings(target).shape());
  }
}
