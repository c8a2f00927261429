package io.github.resilientchat.autoconfigure.springai2;

import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.springai.CallerAdvisor;
import io.github.resilientchat.springai.ResilientChatModel;
import java.util.Optional;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Gives every {@code ChatClient} of Spring AI 2 the advisors that tell the model its caller: {@code
 * .advisors(a -> a.param(CallerAdvisor.USER, id))}.
 */
@AutoConfiguration(
    afterName = "io.github.resilientchat.autoconfigure.springai.ResilientSpringAiAutoConfiguration",
    beforeName =
        "org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration")
@ConditionalOnClass({CallerAdvisor.class, ChatClientBuilderCustomizer.class})
@ConditionalOnBean(ResilientChatModel.class)
public final class ResilientChatClientBuilderAutoConfiguration {

  @Bean
  ChatClientBuilderCustomizer resilientCallerCustomizer(
      @Qualifier("resilientCallers") ObjectProvider<CallerResolver> callers) {
    CallerResolver sources = callers.getIfAvailable(() -> Optional::empty);
    return client -> client.defaultAdvisors(CallerAdvisor.advisors(sources));
  }
}
