package io.github.resilientchat.autoconfigure.route;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.Environment;

/**
 * Puts each model that a route lists by its bean's name into a holder of that name. LangChain4j's
 * automatic wiring looks at the types of all beans, autowire candidates or not, and wires nothing
 * where it finds two (langchain4j-spring 1.12, AiServicesAutoConfig), before it makes any.
 */
final class HiddenProviders implements BeanDefinitionRegistryPostProcessor {

  private final Environment environment;

  HiddenProviders(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
    for (String name : ProviderBeans.namesIn(environment)) {
      if (registry.containsBeanDefinition(name)) {
        hide(name, registry);
      }
    }
  }

  /** The definition becomes that of an inner bean, made and destroyed with its holder. */
  private static void hide(String name, BeanDefinitionRegistry registry) {
    BeanDefinition model = registry.getBeanDefinition(name);
    if (ProviderModel.class.getName().equals(model.getBeanClassName())) {
      return;
    }
    RootBeanDefinition holder = new RootBeanDefinition(ProviderModel.class);
    holder.getConstructorArgumentValues().addIndexedArgumentValue(0, model);
    holder.setLazyInit(model.isLazyInit());
    registry.removeBeanDefinition(name);
    registry.registerBeanDefinition(name, holder);
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {}
}
