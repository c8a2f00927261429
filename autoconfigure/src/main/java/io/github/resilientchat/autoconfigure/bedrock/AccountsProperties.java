package io.github.resilientchat.autoconfigure.bedrock;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * AWS accounts.
 *
 * @param accounts AWS accounts by name; without any, the SDK's default credentials chain.
 */
@ConfigurationProperties("resilient")
record AccountsProperties(@DefaultValue Map<String, AccountProperties> accounts) {}
