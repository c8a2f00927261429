package io.github.resilientchat.console;

import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.operation.OperatorChanges;
import io.github.resilientchat.autoconfigure.operation.ResilientOperationAutoConfiguration;
import io.github.resilientchat.autoconfigure.route.RoutesNow;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;

/**
 * What the live page shows and does; {@link ConsoleManagementConfiguration} serves it where the
 * actuator's endpoints are. Off unless {@code resilient.console.enabled} says otherwise; on by
 * itself where a simulator answers, or spring-boot-devtools is there, on a loopback address.
 */
@AutoConfiguration(
    after = ResilientOperationAutoConfiguration.class,
    beforeName =
        "org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration")
@ConditionalOnWebApplication
@ConditionalOnClass(ManagementContextConfiguration.class)
@ConditionalOnBean({Engine.class, OperatorChanges.class})
@Conditional(OnConsole.class)
@EnableConfigurationProperties(ConsoleProperties.class)
public final class ResilientConsoleAutoConfiguration {

  private static final String SECURITY = "org.springframework.security.core.Authentication";

  private static boolean isSecured(ResourceLoader resources) {
    return ClassUtils.isPresent(SECURITY, resources.getClassLoader());
  }

  @Bean
  ConfigurationCheck resilientConsoleCheck(Environment environment, ResourceLoader resources) {
    return problems -> {
      ConsoleAddress address = ConsoleAddress.of(environment);
      if (!isSecured(resources) && !address.loopback()) {
        problems.add(
            "resilient.console.enabled",
            "true",
            "without Spring Security anybody who reaches this server could drain its targets",
            "add spring-boot-starter-security, or listen on this machine alone with "
                + address.key()
                + "=127.0.0.1");
      }
    };
  }

  @Bean
  ConsolePath resilientConsolePath(Environment environment) {
    return ConsolePath.of(environment);
  }

  /** Among the listeners of the engine. */
  @Bean
  Traffic resilientConsoleTraffic() {
    return new Traffic();
  }

  @Bean
  Console resilientConsole(
      Engine engine,
      Traffic traffic,
      OperatorChanges changes,
      ConsoleProperties properties,
      ObjectProvider<SimulatorPanel> simulator,
      ObjectProvider<Ticker> ticker,
      RoutesNow routes,
      Environment environment,
      ResourceLoader resources) {
    Door door =
        isSecured(resources)
            ? new RoleDoor(properties.role())
            : Door.ofThisMachine(ConsoleAddress.of(environment));
    Ticker time = ticker.getIfAvailable(Ticker::system);
    Sampler sampler = new Sampler(engine.operations(), traffic, simulator::getIfAvailable, time);
    return new Console(
        door, sampler, traffic, changes, simulator::getIfAvailable, time, routes::plans);
  }

  /** Where the application has meters. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterBinder.class)
  static class OfMeters {

    @Bean
    MeterBinder resilientConsoleMeters(Console console) {
      return registry ->
          Gauge.builder("resilient.sse.viewers", console, Console::viewers)
              .description("Pages that look, of at most " + Viewers.MOST)
              .register(registry);
    }
  }

  /** Where a simulator answers. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(BedrockSimulator.class)
  static class OfSimulator {

    @Bean
    @ConditionalOnBean(BedrockSimulator.class)
    SimulatorPanel resilientSimulatorPanel(BedrockSimulator simulator) {
      return new SimulatorPanel(simulator);
    }
  }
}
