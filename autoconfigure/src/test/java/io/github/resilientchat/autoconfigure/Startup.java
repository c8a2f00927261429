package io.github.resilientchat.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.resilientchat.autoconfigure.bedrock.BedrockAccounts;
import io.github.resilientchat.autoconfigure.bedrock.ResilientBedrockAutoConfiguration;
import io.github.resilientchat.autoconfigure.engine.ResilientEngineAutoConfiguration;
import io.github.resilientchat.autoconfigure.engine.ResilientObservationAutoConfiguration;
import io.github.resilientchat.autoconfigure.keys.ResilientKeysAutoConfiguration;
import io.github.resilientchat.autoconfigure.quota.ResilientQuotaAutoConfiguration;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.autoconfigure.route.ResilientRoutesAutoConfiguration;
import io.github.resilientchat.autoconfigure.simulator.ResilientSimulatorAutoConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/**
 * Starts applications that hold all but the models of the frameworks, and no credentials: the
 * profiles of AWS that tests name are nowhere.
 */
public final class Startup {

  private Startup() {}

  /** Says that this machine only tests, as continuous integration often runs on Kubernetes. */
  public static ApplicationContextRunner runner() {
    return undeclared().withPropertyValues("spring.main.cloud-platform=none");
  }

  /** On the simulator, whose accounts are there. */
  public static ApplicationContextRunner simulated() {
    return bare()
        .withPropertyValues("spring.main.cloud-platform=none", "resilient.backend=simulator");
  }

  /** Leaves it to Spring Boot to find out where it runs. */
  public static ApplicationContextRunner undeclared() {
    return bare().withBean(BedrockAccounts.class, () -> new BedrockAccounts(Map.of()));
  }

  private static ApplicationContextRunner bare() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                ResilientKeysAutoConfiguration.class,
                ResilientRoutesAutoConfiguration.class,
                ResilientQuotaAutoConfiguration.class,
                ResilientEngineAutoConfiguration.class,
                ResilientObservationAutoConfiguration.class,
                ResilientSimulatorAutoConfiguration.class,
                ResilientBedrockAutoConfiguration.class));
  }

  public static ApplicationContextRunner withVariables(
      ApplicationContextRunner runner, Map<String, Object> variables) {
    return runner.withInitializer(
        context ->
            context
                .getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables)));
  }

  public static ConfiguredRoutes routes(String... properties) {
    AtomicReference<ConfiguredRoutes> routes = new AtomicReference<>();
    runner()
        .withPropertyValues("resilient.backend=aws")
        .withPropertyValues(properties)
        .run(context -> routes.set(context.getBean(ConfiguredRoutes.class)));
    return routes.get();
  }

  /** What Spring Boot would print for an application that must not start. */
  public static String refusal(ApplicationContextRunner runner) {
    AtomicReference<ConfigurableEnvironment> environment = new AtomicReference<>();
    AtomicReference<String> text = new AtomicReference<>();
    runner
        .withInitializer(context -> environment.set(context.getEnvironment()))
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis = analyse(context.getStartupFailure(), environment.get());
              text.set(analysis.getDescription() + "\n" + analysis.getAction());
            });
    return text.get();
  }

  public static String refusal(String... properties) {
    return refusal(
        runner().withPropertyValues("resilient.backend=aws").withPropertyValues(properties));
  }

  /**
   * What anybody warns of on this thread meanwhile, and this library on any: of others, threads of
   * earlier tests may still warn.
   */
  public static List<String> warnings(Runnable start) {
    Thread own = Thread.currentThread();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(log);
    try {
      start.run();
    } finally {
      root.detachAppender(log);
    }
    return log.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .filter(
            event ->
                event.getThreadName().equals(own.getName())
                    || event.getLoggerName().startsWith("io.github.resilientchat"))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  public static FailureAnalysis analyse(Throwable failure, Environment environment) {
    List<FailureAnalyzer> analyzers =
        SpringFactoriesLoader.forDefaultResourceLocation(Startup.class.getClassLoader())
            .load(
                FailureAnalyzer.class,
                ArgumentResolver.of(Environment.class, environment),
                (type, name, error) -> {});
    return analyzers.stream()
        .map(analyzer -> analyzer.analyze(failure))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no analyzer knows the failure", failure));
  }
}
