package io.github.resilientchat.autoconfigure.web;

import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.quota.CallerQuotas;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What clients are told, whatever serves them. */
@Configuration(proxyBeanMethods = false)
class EdgeAnswersConfiguration {

  @Bean
  QuotaHeaders resilientQuotaHeaders(CallerQuotas quotas, QuotaHeadersProperties properties) {
    return new QuotaHeaders(quotas, properties.headers());
  }

  @Bean
  @ConditionalOnMissingBean
  EdgeAnswers resilientEdgeAnswers(
      QuotaHeaders headers, ObjectProvider<FailureClassifier> classifiers) {
    return new FailureAnswers(
        headers, FailureClassifier.discovered(classifiers.orderedStream().toList()));
  }
}
