package io.github.resilientchat.autoconfigure.bedrock;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the control plane is asked for.
 *
 * @param profiles When the accounts' inference profiles and the lives of models are looked up:
 *     'start' refuses targets whose profile does not exist, knows where application profiles may be
 *     served, and warns of models near their end; 'lazy' asks once the application is ready, and
 *     warns of all of it; 'off' takes ids as they are written.
 */
@ConfigurationProperties("resilient.discovery")
record DiscoveryProperties(@DefaultValue("off") When profiles) {

  /** When it happens. */
  enum When {
    OFF,
    START,
    LAZY
  }
}
