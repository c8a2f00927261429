package io.github.resilientchat.autoconfigure.springai2;

import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.springai.CallerAdvisor;
import io.github.resilientchat.springai.ResilientChatModel;
import org.springframework.ai.chat.client.ChatClientBuilderCustomizer;
import org.springframework.beans.factory.ObjectProvider;
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
  ChatClientBuilderCustomizer resilientCallerCustomizer(ObjectProvider<CallerResolver> callers) {
    CallerResolver sources = CallerResolver.firstOf(callers.orderedStream().toList());
    return client -> client.defaultAdvisors(CallerAdvisor.advisors(sources));
  }
}
