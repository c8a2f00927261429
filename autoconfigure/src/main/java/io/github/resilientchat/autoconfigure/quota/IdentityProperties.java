package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.core.quota.AnonymousCallers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who a call is made for.
 *
 * @param anonymous What happens, where quotas are set, to calls that name no user: 'deny', or
 *     'shared' for one account of them all.
 * @param groups All groups that the identity provider gives; a plan of any other stops the start.
 *     Not checked when not set.
 */
@ConfigurationProperties("resilient.identity")
record IdentityProperties(
    @Nullable AnonymousCallers anonymous, @DefaultValue List<String> groups) {}
