package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.bedrock.EndpointGuard;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where requests may go.
 *
 * @param allowedHosts Hosts, besides those of Bedrock and this machine, that prompts and signatures
 *     may be sent to: private DNS names, or a Bedrock of one's own; none when not set.
 * @param allowAmbientEndpoint Whether accounts without an endpoint follow the one that
 *     AWS_ENDPOINT_URL, a system property or the default AWS profile names.
 */
@ConfigurationProperties("resilient.http")
record HttpProperties(
    @DefaultValue Set<String> allowedHosts, @DefaultValue("false") boolean allowAmbientEndpoint) {

  EndpointGuard guard() {
    return new EndpointGuard(allowedHosts);
  }
}
