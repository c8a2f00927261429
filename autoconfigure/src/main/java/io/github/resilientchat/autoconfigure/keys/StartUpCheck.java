package io.github.resilientchat.autoconfigure.keys;

import io.github.resilientchat.autoconfigure.keys.KeyCheck.SetKey;
import java.util.List;
import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Checks keys and backend before any bean exists, so that the first report is about the cause and
 * not about a bean that lacks something. If something is wrong the features are asked here, since
 * the start is lost and one report shall name everything.
 */
final class StartUpCheck implements BeanFactoryPostProcessor {

  /** The bean that says that a simulator answers. */
  private static final String SIMULATED = "resilientSimulated";

  private static final String SIMULATOR = "io.github.resilientchat.simulator.BedrockSimulator";

  private final Environment environment;

  StartUpCheck(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
    ClassLoader loader = beanFactory.getBeanClassLoader();
    Problems problems = new Problems();
    KnownKeys known = KnownKeys.of(PropertyRecords.of(loader));
    List<SetKey> keys =
        new KeyCheck(known, problems)
            .check(environment, AccountCredentials.areRead(environment, beanFactory));
    BackendGuard guard = new BackendGuard(environment, ClassUtils.isPresent(SIMULATOR, loader));
    guard.check(keys, problems);
    guard.checkWired(
        beanFactory.containsBeanDefinition(SIMULATED),
        AotDetector.useGeneratedArtifacts(),
        problems);
    if (!problems.isEmpty() && keys.stream().anyMatch(key -> !key.group().equals("backend"))) {
      new FeatureChecks(beanFactory).runAsFarAsPossible(problems);
    }
    problems.report();
  }
}
