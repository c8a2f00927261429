package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.bedrock.ControlPlane;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The control plane that is asked by itself, but for how long a busy machine may take to tell. */
@Configuration(proxyBeanMethods = false)
public class PatientDiscovery {

  @Bean
  ControlPlane bedrockControlPlane(ControlEndpoints endpoints, ProxyProperties proxy) {
    return new ControlPlane(endpoints::of, proxy.proxy(), Duration.ofMinutes(1));
  }
}
