package io.github.resilientchat.autoconfigure.langchain4j;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;

/**
 * Says of which type LangChain4j's AI services are, where an application was processed ahead of
 * time: their definitions say so by an attribute, which Spring does not write down, and nobody
 * would find them by their types.
 */
final class AiServiceTypes implements BeanFactoryPostProcessor {

  private static final String FACTORY = "dev.langchain4j.service.spring.AiServiceFactory";

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    if (!AotDetector.useGeneratedArtifacts()) {
      return;
    }
    for (String name : beans.getBeanDefinitionNames()) {
      BeanDefinition definition = beans.getBeanDefinition(name);
      if (FACTORY.equals(definition.getBeanClassName())) {
        for (ValueHolder type :
            definition.getConstructorArgumentValues().getGenericArgumentValues()) {
          definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, type.getValue());
        }
      }
    }
  }
}
