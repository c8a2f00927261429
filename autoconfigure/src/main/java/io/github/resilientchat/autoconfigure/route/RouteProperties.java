package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.bedrock.QuotaKey;
import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.route.Resume;
import io.github.resilientchat.core.route.StickyBy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A logical model that applications ask for by name.
 *
 * <p>Bound as a value of a map; the annotation is for the metadata, which tell its keys by it.
 *
 * @param targets Required. Targets, each written ref[@region][/account][*weight][(limits)].
 * @param fallbacks Targets, or whole routes written route:name, used in this order when no target
 *     before can answer; none when not set.
 * @param strategy How calls are spread over the targets of a tier: 'adaptive', 'weighted',
 *     'round-robin', 'least-busy', 'latency', 'usage', 'cost', 'sticky', 'ordered', or the name of
 *     a bean of type RoutingStrategy.
 * @param timeout Time for the whole call.
 * @param attemptTimeout Time for one attempt that waits for a whole answer.
 * @param firstTokenTimeout Time to the first content of a stream.
 * @param idleTimeout Time between two signals of a stream.
 * @param maxWait How long a call may wait for a target to become available.
 * @param resume How a stream goes on that broke after content: 'restart' sends a marker and then a
 *     fresh answer, to consumers that discard what came before it; 'none' ends it with its error.
 * @param fallbackOn What moves to another target although it ends a call by itself: 'rejected' (the
 *     service refuses the request), 'filtered' (an answer was withheld), 'too-long' (the prompt
 *     does not fit, whatever the other targets' context windows are); nothing when not set.
 * @param maxRetryAfter The longest that a provider's word on when to come back lets a target rest.
 * @param limits Limits of all calls over the route together, such as 600rpm, 1mtpm, 200usd/d; none
 *     when not set.
 * @param residency Where prompts may be processed: areas (us, eu, jp, au, in, ca, apac, us-gov) and
 *     Regions. A target that may be served elsewhere stops the start. Anywhere when not set.
 * @param fastWithin How soon an attempt must have failed for another one to follow, so that a slow
 *     one does not double the wait; however long it took when not set.
 * @param maxDuration The longest that a stream may take from its first content; as long as the call
 *     may take when not set.
 * @param requires What every target must be able to do that answers, whatever the request needs;
 *     nothing when not set.
 * @param families Ways of calling each model that the list of targets names, used in this order:
 *     on-demand, cross-region (the geography of its id), global; as its id says when not set.
 * @param stickyBy What the strategy 'sticky' keeps on one target: 'session' (that the request
 *     names, else its tenant), 'tenant', or 'prefix' (calls whose prompts begin alike).
 * @param retry Attempts and backoff.
 * @param breaker Circuit breaker of each target.
 * @param hedge A second target that a stream asks while the first sends nothing.
 * @param options Options of requests that do not say them.
 */
@ConfigurationProperties("resilient.routes.*")
record RouteProperties(
    @DefaultValue List<String> targets,
    @DefaultValue List<String> fallbacks,
    @Nullable String strategy,
    @Nullable Duration timeout,
    @Nullable Duration attemptTimeout,
    @Nullable Duration firstTokenTimeout,
    @Nullable Duration idleTimeout,
    @Nullable Duration maxWait,
    @Nullable Resume resume,
    @Nullable List<FallbackOn> fallbackOn,
    @Nullable Duration maxRetryAfter,
    @DefaultValue List<String> limits,
    @Nullable List<String> residency,
    @Nullable Duration fastWithin,
    @Nullable Duration maxDuration,
    @Nullable Set<Capability> requires,
    @Nullable List<QuotaKey.Family> families,
    @Nullable StickyBy stickyBy,
    @DefaultValue @NestedConfigurationProperty RetryProperties retry,
    @DefaultValue @NestedConfigurationProperty BreakerProperties breaker,
    @DefaultValue @NestedConfigurationProperty HedgeProperties hedge,
    @DefaultValue @NestedConfigurationProperty ModelOptions options)
    implements RouteSettings {

  /** A route that says nothing but its targets. */
  static RouteProperties to(List<String> targets) {
    return new RouteProperties(
        targets,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        RetryProperties.UNSET,
        BreakerProperties.UNSET,
        HedgeProperties.UNSET,
        ModelOptions.NONE);
  }
}
