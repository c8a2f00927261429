package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.core.Capability;
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
 * @param inputPrice US dollars per million tokens of the prompt; unknown when not set, and the
 *     strategy 'cost' and limits in money need it.
 * @param outputPrice US dollars per million tokens of the answer, reasoning included; unknown when
 *     not set, and the strategy 'cost' and limits in money need it.
 * @param cacheReadPrice US dollars per million tokens that a cache held; as input when not set.
 * @param cacheWritePrice US dollars per million tokens that are put into a cache; a quarter more
 *     than input when not set.
 * @param maxTokens Longest answer, sent when the request says none; the same as options.max-tokens.
 *     Left to the model when not set.
 * @param contextWindow Tokens that prompt and answer may have together; unknown when not set.
 * @param outputBurndown Tokens of quota that one token of output takes.
 * @param options Options of requests that do not say them.
 * @param capabilities What the model can do; everything when not set.
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
    @Nullable Integer maxTokens,
    @Nullable Long contextWindow,
    @Nullable Integer outputBurndown,
    @DefaultValue @NestedConfigurationProperty ModelOptions options,
    @Nullable Set<Capability> capabilities) {}
