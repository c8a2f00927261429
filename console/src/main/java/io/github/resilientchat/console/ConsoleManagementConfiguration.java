package io.github.resilientchat.console;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/**
 * Puts the page where the actuator's endpoints are, on a port of its own or on the application's.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnBean(Console.class)
class ConsoleManagementConfiguration {

  @Bean
  ConsoleController resilientConsoleController(Console console) {
    return new ConsoleController(console);
  }
}
