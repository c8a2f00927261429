package io.github.resilientchat.autoconfigure.langchain4j;

import org.springframework.beans.factory.aot.BeanRegistrationExcludeFilter;
import org.springframework.beans.factory.support.RegisteredBean;

/**
 * Leaves LangChain4j's scan for AI services out of an application that is processed ahead of time:
 * what it finds is registered then. Where it ran again it would register all configuration classes
 * a second time, beside what was made of them (langchain4j-spring 1.12, ClassPathAiServiceScanner,
 * whose {@code scan} adds Spring's own post-processors), and the application would not start.
 */
final class ScannedAheadOfTime implements BeanRegistrationExcludeFilter {

  private static final String SCAN = "dev.langchain4j.service.spring.AiServiceScannerProcessor";

  @Override
  public boolean isExcludedFromAotProcessing(RegisteredBean bean) {
    return bean.getBeanClass().getName().equals(SCAN);
  }
}
