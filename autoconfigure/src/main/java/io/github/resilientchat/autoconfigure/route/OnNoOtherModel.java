package io.github.resilientchat.autoconfigure.route;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** See {@link ConditionalOnNoOtherModel}. */
final class OnNoOtherModel extends SpringBootCondition implements ConfigurationCondition {

  @Override
  public ConfigurationPhase getConfigurationPhase() {
    return ConfigurationPhase.REGISTER_BEAN;
  }

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    Map<String, @Nullable Object> attributes =
        Objects.requireNonNull(
            metadata.getAnnotationAttributes(ConditionalOnNoOtherModel.class.getName()));
    Class<?> type = (Class<?>) Objects.requireNonNull(attributes.get("value"));
    ConfigurableListableBeanFactory beans = Objects.requireNonNull(context.getBeanFactory());
    Set<String> listed = ProviderBeans.namesIn(context.getEnvironment());
    List<String> others =
        Arrays.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false))
            .filter(name -> !listed.contains(name))
            .toList();
    ConditionMessage.Builder message =
        ConditionMessage.forCondition(ConditionalOnNoOtherModel.class);
    return others.isEmpty()
        ? ConditionOutcome.match(message.didNotFind("other beans").atAll())
        : ConditionOutcome.noMatch(message.found("bean", "beans").items(others));
  }
}
