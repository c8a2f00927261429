package io.github.resilientchat.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/** Starts applications that hold only the property tree and the engine. */
final class Startup {

  private Startup() {}

  /** Says that this machine only tests, as continuous integration often runs on Kubernetes. */
  static ApplicationContextRunner runner() {
    return undeclared().withPropertyValues("spring.main.cloud-platform=none");
  }

  /** Leaves it to Spring Boot to find out where it runs. */
  static ApplicationContextRunner undeclared() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                ResilientRoutesAutoConfiguration.class, ResilientEngineAutoConfiguration.class));
  }

  static ApplicationContextRunner withVariables(
      ApplicationContextRunner runner, java.util.Map<String, Object> variables) {
    return runner.withInitializer(
        context ->
            context
                .getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables)));
  }

  static ConfiguredRoutes routes(String... properties) {
    AtomicReference<ConfiguredRoutes> routes = new AtomicReference<>();
    runner()
        .withPropertyValues("resilient.backend=aws")
        .withPropertyValues(properties)
        .run(context -> routes.set(context.getBean(ConfiguredRoutes.class)));
    return routes.get();
  }

  /** What Spring Boot would print for an application that must not start. */
  static String refusal(ApplicationContextRunner runner) {
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

  static String refusal(String... properties) {
    return refusal(
        runner().withPropertyValues("resilient.backend=aws").withPropertyValues(properties));
  }

  static FailureAnalysis analyse(Throwable failure, Environment environment) {
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
