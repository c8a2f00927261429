package io.github.resilientchat.autoconfigure;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The property tree, the same for both frameworks. Its components are the only list of known keys:
 * {@link KnownKeys} reads them, so what is bound and what is accepted cannot drift apart.
 *
 * @param enabled Whether resilient models are set up at all.
 * @param backend Where calls go: 'aws', or 'simulator' for the embedded local Bedrock.
 * @param defaultRoute Name of the route used by requests that name none. Default: the only route,
 *     else the one named 'chat', else the first by name.
 * @param accounts AWS accounts by name; without any, the SDK's default credentials chain.
 * @param models Models by name.
 * @param targets Places that can answer, by name, shared by every route that uses them.
 * @param routes Logical models that applications ask for, by name.
 * @param defaults What routes and targets use when they say nothing themselves.
 * @param identity Who a call is made for.
 * @param quotas What callers may use.
 * @param store Where quotas are kept.
 * @param observability What can be seen of calls afterwards.
 * @param simulator The embedded local Bedrock.
 */
@ConfigurationProperties("resilient")
record ResilientProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable Backend backend,
    @Nullable String defaultRoute,
    @DefaultValue Map<String, AccountProperties> accounts,
    @DefaultValue Map<String, ModelProperties> models,
    @DefaultValue Map<String, TargetProperties> targets,
    @DefaultValue Map<String, RouteProperties> routes,
    @DefaultValue @NestedConfigurationProperty DefaultsProperties defaults,
    @DefaultValue @NestedConfigurationProperty IdentityProperties identity,
    @DefaultValue @NestedConfigurationProperty QuotasProperties quotas,
    @DefaultValue @NestedConfigurationProperty StoreProperties store,
    @DefaultValue @NestedConfigurationProperty ObservabilityProperties observability,
    @DefaultValue @NestedConfigurationProperty SimulatorProperties simulator) {}
