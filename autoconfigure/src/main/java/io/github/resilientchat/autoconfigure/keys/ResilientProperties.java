package io.github.resilientchat.autoconfigure.keys;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys that belong to no feature.
 *
 * @param enabled Whether resilient models are set up at all.
 * @param backend Where calls go: 'aws', or 'simulator' for the embedded local Bedrock, which is a
 *     dependency of its own and answers when not set.
 */
@ConfigurationProperties("resilient")
record ResilientProperties(@DefaultValue("true") boolean enabled, @Nullable Backend backend) {}
