package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.core.quota.AnonymousCallers;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who a call is made for.
 *
 * @param anonymous What happens, where quotas are set, to calls that name no user: 'deny', or
 *     'shared' for one account of them all.
 */
@ConfigurationProperties("resilient.identity")
record IdentityProperties(@Nullable AnonymousCallers anonymous) {}
