package io.github.resilientchat.autoconfigure.langchain4j;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.github.resilientchat.autoconfigure.bedrock.ResilientBedrockAutoConfiguration;
import io.github.resilientchat.autoconfigure.bedrock.TargetClients;
import io.github.resilientchat.autoconfigure.engine.ResilientEngineAutoConfiguration;
import io.github.resilientchat.autoconfigure.identity.Callers;
import io.github.resilientchat.autoconfigure.identity.ResilientIdentityAutoConfiguration;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.langchain4j.CallContext;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * LangChain4j's models. One of each kind, because {@code @AiService} wires nothing where it finds
 * two, primary or not. They stand for the default route; a request's model name selects another,
 * and so does {@link ResilientChatModel#forRoute}: {@code chatModel.forRoute("batch")}.
 *
 * <p>Beans of type {@link ChatModelListener} hear each call once, and beans of type {@link
 * CallerResolver} are asked for its caller. Those of type {@link CallContext} add to what streams
 * carry of the caller's thread. A bean of type {@link ChatModel} or {@link StreamingChatModel}
 * replaces the one here.
 */
@AutoConfiguration(
    after = {
      ResilientEngineAutoConfiguration.class,
      ResilientBedrockAutoConfiguration.class,
      ResilientIdentityAutoConfiguration.class
    },
    beforeName = "dev.langchain4j.spring.LangChain4jAutoConfig")
@ConditionalOnClass({ResilientChatModel.class, BedrockChatModel.class})
@ConditionalOnBean({Engine.class, TargetClients.class})
public final class ResilientLangChain4jAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(ChatModel.class)
  ResilientChatModel resilientLangChain4jChatModel(
      Engine engine,
      ConfiguredRoutes routes,
      TargetClients clients,
      ObjectProvider<ChatModelListener> listeners,
      @Qualifier(Callers.OF_ALL_SOURCES) CallerResolver callers) {
    LangChain4jTargets targets = new LangChain4jTargets(routes, clients);
    ResilientChatModel.Builder model =
        ResilientChatModel.builder()
            .engine(engine)
            .defaultRoute(routes.defaultRoute())
            .listeners(listeners.orderedStream().toList())
            .callers(callers);
    routes.all().forEach(route -> model.route(route, targets::blocking));
    return model.build();
  }

  @Bean
  @ConditionalOnMissingBean(StreamingChatModel.class)
  ResilientStreamingChatModel resilientLangChain4jStreamingChatModel(
      Engine engine,
      ConfiguredRoutes routes,
      TargetClients clients,
      ObjectProvider<ChatModelListener> listeners,
      @Qualifier(Callers.OF_ALL_SOURCES) CallerResolver callers,
      ObjectProvider<CallContext> contexts) {
    LangChain4jTargets targets = new LangChain4jTargets(routes, clients);
    ResilientStreamingChatModel.Builder model =
        ResilientStreamingChatModel.builder()
            .engine(engine)
            .defaultRoute(routes.defaultRoute())
            .listeners(listeners.orderedStream().toList())
            .callers(callers);
    contexts.orderedStream().forEach(model::context);
    routes.all().forEach(route -> model.route(route, targets::streaming));
    return model.build();
  }
}
