package io.github.resilientchat.autoconfigure.springai;

import io.github.resilientchat.autoconfigure.engine.CallerSources;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.springai.CallerAdvisor;
import io.github.resilientchat.springai.ResilientChatModel;
import org.springframework.ai.chat.client.ChatClientCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Gives every {@code ChatClient} the advisor that tells the model its caller: {@code .advisors(a ->
 * a.param(CallerAdvisor.USER, id))}.
 */
@AutoConfiguration(
    after = ResilientSpringAiAutoConfiguration.class,
    beforeName =
        "org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration")
@ConditionalOnClass({CallerAdvisor.class, ChatClientCustomizer.class})
@ConditionalOnBean(ResilientChatModel.class)
public final class ResilientChatClientAutoConfiguration {

  @Bean
  ChatClientCustomizer resilientCallerCustomizer(ObjectProvider<CallerResolver> callers) {
    CallerResolver sources = CallerSources.of(callers);
    return client -> client.defaultAdvisors(CallerAdvisor.advisors(sources));
  }
}
