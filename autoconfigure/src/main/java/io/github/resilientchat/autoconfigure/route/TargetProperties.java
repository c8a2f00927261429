package io.github.resilientchat.autoconfigure.route;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A place that can answer, shared by every route that names it.
 *
 * <p>Bound as a value of a map; the annotation is for the metadata, which tell its keys by it.
 *
 * @param model Required. Name of a model, or a model or inference-profile id.
 * @param region Source Region.
 * @param account Name of an account.
 * @param weight Share of the calls relative to other targets of the tier.
 * @param tier Position in the targets of a route: a later tier is used when no earlier one can
 *     answer.
 * @param limits Limits of the quota that it draws on, such as 200rpm, 400ktpm, 50par: of all
 *     routes, and of all targets of its account, Region, model and way of calling it. None when not
 *     set.
 * @param options Options of requests that do not say them.
 * @param enabled Whether routes use it.
 * @param serviceTier Service tier of requests that name none: priority, default, flex or reserved;
 *     none is sent when not set.
 * @param latency Latency of requests that name none: standard or optimized; none is sent when not
 *     set.
 * @param guardrail Guardrail of requests that name none.
 * @param requestMetadata Values for Bedrock's invocation log, by name; none when not set.
 */
@ConfigurationProperties("resilient.targets.*")
record TargetProperties(
    @Nullable String model,
    @Nullable String region,
    @Nullable String account,
    @Nullable Integer weight,
    @DefaultValue("1") int tier,
    @DefaultValue List<String> limits,
    @DefaultValue @NestedConfigurationProperty ModelOptions options,
    @DefaultValue("true") boolean enabled,
    @Nullable String serviceTier,
    @Nullable String latency,
    @DefaultValue @NestedConfigurationProperty GuardrailProperties guardrail,
    @DefaultValue Map<String, String> requestMetadata) {}
