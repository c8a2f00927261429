package io.github.resilientchat.console;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A live page of routes and targets, on the management port.
 *
 * @param enabled Whether the page is served. When not set, it is where a simulator answers or
 *     spring-boot-devtools is there, and the server listens on a loopback address alone.
 * @param role Role that whoever sees or changes anything must have, where Spring Security is.
 */
@ConfigurationProperties("resilient.console")
record ConsoleProperties(
    @Nullable Boolean enabled, @DefaultValue("RESILIENT_OPERATOR") String role) {}
