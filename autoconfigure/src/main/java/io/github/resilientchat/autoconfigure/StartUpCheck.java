package io.github.resilientchat.autoconfigure;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Checks keys and backend before any bean exists, so that the first report is about the cause and
 * not about a bean that lacks something.
 */
final class StartUpCheck implements BeanFactoryPostProcessor {

  static final String SIMULATOR = "io.github.resilientchat.simulator.BedrockSimulator";

  private final Environment environment;

  StartUpCheck(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
    boolean simulator = ClassUtils.isPresent(SIMULATOR, beanFactory.getBeanClassLoader());
    Problems problems = new Problems();
    new BackendGuard(environment, simulator)
        .check(new KeyCheck(problems).check(environment), problems);
    problems.report();
  }
}
