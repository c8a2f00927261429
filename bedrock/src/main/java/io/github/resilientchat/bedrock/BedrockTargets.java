package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.route.Target;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/**
 * Makes targets in an account with everything that a route should know of them, and the clients to
 * build their models over, which never retry: retries below a route multiply its own. Thread-safe;
 * the clients are those of {@link BedrockClients}, which closes them.
 */
public final class BedrockTargets {

  private static final PriceBook PRICES = PriceBook.bundled();

  private final BedrockClients clients;
  private final BedrockAccount account;

  private BedrockTargets(BedrockClients clients, BedrockAccount account) {
    this.clients = clients;
    this.account = account;
  }

  public static BedrockTargets of(BedrockClients clients, BedrockAccount account) {
    return new BedrockTargets(clients, account);
  }

  /**
   * A target and what its model is built over. Turn the model's own retries off too, where it has
   * some.
   *
   * @param target named after its place, for a builder's {@code target} or {@code fallback}
   */
  public record Place(
      Target target, BedrockRuntimeClient client, BedrockRuntimeAsyncClient asyncClient) {

    /** What the model is called at Bedrock. */
    public String modelId() {
      return target.model();
    }
  }

  /**
   * A model or inference profile in a source Region.
   *
   * @throws IllegalArgumentException if the model cannot be called in the Region, as a profile of
   *     another geography cannot
   */
  public Place in(String region, String modelId) {
    ModelRegions.objection(modelId, region)
        .ifPresent(
            objection -> {
              throw new IllegalArgumentException(
                  "the model " + modelId + " cannot be called in " + region + ": " + objection);
            });
    Target.Traits traits = traits(modelId);
    Target target =
        Target.builder(modelId + "@" + region + "/" + account.name())
            .model(modelId)
            .foundationModel(FoundationModels.of(modelId))
            .region(region)
            .account(account.name())
            .traits(traits)
            .quotaKey(QuotaKey.of(modelId, region, account.name()).toString())
            .build();
    RequestShape shape = RequestShape.forCapabilities(traits.capabilities());
    return new Place(
        target,
        clients.client(account, Region.of(region), shape),
        clients.asyncClient(account, Region.of(region), shape));
  }

  /** What the catalogue and the price book know. */
  private static Target.Traits traits(String modelId) {
    @Nullable Prices prices = PRICES.of(modelId).orElse(null);
    return ModelCatalogue.bundled()
        .of(modelId)
        .map(
            known ->
                new Target.Traits(
                    known.contextWindow(), known.capabilities(), known.burndown(), prices))
        .orElse(new Target.Traits(0, null, 1, prices));
  }
}
