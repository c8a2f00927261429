package io.github.resilientchat.autoconfigure.simulator;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The embedded local Bedrock.
 *
 * @param port Loopback port; 0 takes any free one.
 * @param latency Time from a request to its answer.
 * @param seed Seed of all chance.
 * @param resetGuard Streams that a client may cancel on one HTTP/2 connection in 30 seconds before
 *     the connection is closed; 0 bears any number.
 * @param scenario File of what happens to it, and when; nothing happens when not set.
 */
@ConfigurationProperties("resilient.simulator")
record SimulatorProperties(
    @DefaultValue("0") int port,
    @DefaultValue("0ms") Duration latency,
    @DefaultValue("42") long seed,
    @DefaultValue("0") int resetGuard,
    @Nullable Path scenario) {}
