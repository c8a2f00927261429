package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.core.Capability;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A model.
 *
 * <p>Bound as a value of a map; the annotation is for the metadata, which tell its keys by it.
 *
 * @param id Required. Model id, inference-profile id or ARN.
 * @param foundationModel Id of the model behind an ARN that does not tell, such as that of an
 *     application inference profile; targets that share it read each other's signed reasoning. When
 *     not set, the model that the id names.
 * @param thinking Whether the model's reasoning is handed on with its answer. Claude wants it back
 *     with a tool's result.
 * @param inputPrice US dollars per million tokens of the prompt; as in the price book when not set.
 * @param outputPrice US dollars per million tokens of the answer, reasoning included; as in the
 *     price book when not set.
 * @param cacheReadPrice US dollars per million tokens that a cache held; as input when not set
 *     beside an input price.
 * @param cacheWritePrice US dollars per million tokens that are put into a cache; a quarter more
 *     than input when not set beside an input price.
 * @param cacheWriteHourPrice US dollars per million tokens that are put into a cache for an hour;
 *     twice the input when not set beside an input price.
 * @param maxTokens Longest answer, sent when the request says none; the same as options.max-tokens.
 *     Left to the model when not set.
 * @param contextWindow Tokens that prompt and answer may have together; as the catalogue knows when
 *     not set.
 * @param outputBurndown Tokens of quota that one token of output takes; as the catalogue knows when
 *     not set, else 1.
 * @param options Options of requests that do not say them.
 * @param capabilities All that the model can be sent; system prompts, guardrails and budgets of
 *     reasoning beside these. What the catalogue knows when not set, else everything.
 * @param lacks What the model cannot be sent: service tiers, latency, reasoning settings and cache
 *     points are left out, for others it is passed over. What the catalogue knows when not set.
 * @param idByAccount Ids by account where they differ, as those of application inference profiles
 *     do; '{region}' in one, and in the id, stands for the Region. None when not set.
 * @param ids Ids by account and Region, the Region without dashes, such as ids.prod.useast1, where
 *     no template says them: ARNs of application inference profiles and of provisioned throughput.
 *     None when not set.
 */
@ConfigurationProperties("resilient.models.*")
record ModelProperties(
    @Nullable String id,
    @Nullable String foundationModel,
    @DefaultValue("true") boolean thinking,
    @Nullable Double inputPrice,
    @Nullable Double outputPrice,
    @Nullable Double cacheReadPrice,
    @Nullable Double cacheWritePrice,
    @Nullable Double cacheWriteHourPrice,
    @Nullable Integer maxTokens,
    @Nullable Long contextWindow,
    @Nullable Integer outputBurndown,
    @DefaultValue @NestedConfigurationProperty ModelOptions options,
    @Nullable Set<Capability> capabilities,
    @Nullable Set<Capability> lacks,
    @DefaultValue Map<String, String> idByAccount,
    @DefaultValue Map<String, Map<String, String>> ids) {

  /** What the model is called in each place. */
  ModelIds ids(String usual) {
    return new ModelIds(usual, idByAccount, ids);
  }
}
