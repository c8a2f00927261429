package io.github.resilientchat.autoconfigure.springai;

import io.github.resilientchat.autoconfigure.identity.Callers;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.springai.CallerAdvisor;
import io.github.resilientchat.springai.ResilientChatModel;
import java.util.Optional;
import org.springframework.ai.chat.client.ChatClientCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;

/**
 * Gives every {@code ChatClient} of Spring AI 1.1 the advisors that tell the model its caller:
 * {@code .advisors(a -> a.param(CallerAdvisor.USER, id))}. Spring AI 2.0 deprecates this type of
 * customizer for removal; for the one in its place, which this jar is not compiled against, there
 * is {@code ResilientChatClientBuilderAutoConfiguration}.
 */
@AutoConfiguration(
    after = ResilientSpringAiAutoConfiguration.class,
    beforeName =
        "org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration")
@ConditionalOnClass({CallerAdvisor.class, ChatClientCustomizer.class})
@ConditionalOnMissingClass("org.springframework.ai.chat.client.ChatClientBuilderCustomizer")
@ConditionalOnBean(ResilientChatModel.class)
public final class ResilientChatClientAutoConfiguration {

  @Bean
  ChatClientCustomizer resilientCallerCustomizer(
      @Qualifier(Callers.OF_ALL_SOURCES) ObjectProvider<CallerResolver> callers) {
    CallerResolver sources = callers.getIfAvailable(() -> Optional::empty);
    return client -> client.defaultAdvisors(CallerAdvisor.advisors(sources));
  }
}
