package io.github.resilientchat.autoconfigure.langchain4j;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.github.resilientchat.autoconfigure.bedrock.ResilientBedrockAutoConfiguration;
import io.github.resilientchat.autoconfigure.bedrock.TargetClients;
import io.github.resilientchat.autoconfigure.engine.ResilientEngineAutoConfiguration;
import io.github.resilientchat.autoconfigure.engine.ResilientObservationAutoConfiguration;
import io.github.resilientchat.autoconfigure.identity.Callers;
import io.github.resilientchat.autoconfigure.identity.ResilientIdentityAutoConfiguration;
import io.github.resilientchat.autoconfigure.quota.OtherModels;
import io.github.resilientchat.autoconfigure.route.ConditionalOnNoOtherModel;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.autoconfigure.route.ProviderBeans;
import io.github.resilientchat.autoconfigure.route.RoutesNow;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.langchain4j.AttemptWatch;
import io.github.resilientchat.langchain4j.CallContext;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import io.github.resilientchat.observation.CallObservations;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * LangChain4j's models. One of each kind, because {@code @AiService} wires nothing where it finds
 * two, primary or not. They stand for the default route; a request's model name selects another,
 * and so does {@link ResilientChatModel#forRoute}: {@code chatModel.forRoute("batch")}.
 *
 * <p>Beans of type {@link ChatModelListener} hear each call once, and beans of type {@link
 * CallerResolver} are asked for its caller. Those of type {@link CallContext} add to what streams
 * carry of the caller's thread, and those of type {@link BedrockModelCustomizer} change the models
 * behind the targets. A bean of type {@link ChatModel} or {@link StreamingChatModel} replaces the
 * one here; the start says so, and fails where quotas are set, unless {@code
 * resilient.quotas.other-models=allow}.
 */
@AutoConfiguration(
    after = {
      ResilientEngineAutoConfiguration.class,
      ResilientObservationAutoConfiguration.class,
      ResilientBedrockAutoConfiguration.class,
      ResilientIdentityAutoConfiguration.class
    },
    beforeName = "dev.langchain4j.spring.LangChain4jAutoConfig")
@ConditionalOnClass({ResilientChatModel.class, BedrockChatModel.class})
@ConditionalOnBean({Engine.class, TargetClients.class})
public final class ResilientLangChain4jAutoConfiguration {

  @Bean
  static AiServiceTypes resilientAiServiceTypes() {
    return new AiServiceTypes();
  }

  /** Looks at what is there, whoever made it. */
  @Bean
  SmartInitializingSingleton resilientLangChain4jModelsCheck(
      OtherModels others, ConfigurableListableBeanFactory beans) {
    return () -> {
      others.check(beans, ChatModel.class, ResilientChatModel.class, "ChatModel");
      others.check(
          beans, StreamingChatModel.class, ResilientStreamingChatModel.class, "StreamingChatModel");
    };
  }

  @Bean
  @ConditionalOnNoOtherModel(ChatModel.class)
  ResilientChatModel resilientLangChain4jChatModel(
      Engine engine,
      ConfiguredRoutes routes,
      RoutesNow now,
      TargetClients clients,
      ProviderBeans providers,
      ObjectProvider<ChatModelListener> listeners,
      CallObservations observations,
      @Qualifier(Callers.OF_ALL_SOURCES) CallerResolver callers,
      ObjectProvider<CallContext> contexts,
      ObjectProvider<BedrockModelCustomizer> customizers) {
    LangChain4jTargets targets =
        new LangChain4jTargets(now, clients, providers, customizers.orderedStream().toList());
    Optional<ObservedCalls> observed = observed(observations, true);
    ResilientChatModel.Builder model =
        ResilientChatModel.builder()
            .engine(engine)
            .defaultRoute(routes.defaultRoute())
            .listeners(all(listeners, observed))
            .attempts(observed.isPresent() ? observed.get() : AttemptWatch.NONE)
            .callers(callers);
    contexts.orderedStream().forEach(model::context);
    for (Route route : routes.all()) {
      providers
          .usable(route, ChatModel.class, false, "LangChain4j")
          .ifPresent(usable -> model.route(usable, target -> targets.blocking(route, target)));
    }
    return model.build();
  }

  @Bean
  @ConditionalOnNoOtherModel(StreamingChatModel.class)
  ResilientStreamingChatModel resilientLangChain4jStreamingChatModel(
      Engine engine,
      ConfiguredRoutes routes,
      RoutesNow now,
      TargetClients clients,
      ProviderBeans providers,
      ObjectProvider<ChatModelListener> listeners,
      CallObservations observations,
      @Qualifier(Callers.OF_ALL_SOURCES) CallerResolver callers,
      ObjectProvider<CallContext> contexts,
      ObjectProvider<BedrockModelCustomizer> customizers) {
    LangChain4jTargets targets =
        new LangChain4jTargets(now, clients, providers, customizers.orderedStream().toList());
    Optional<ObservedCalls> observed = observed(observations, false);
    ResilientStreamingChatModel.Builder model =
        ResilientStreamingChatModel.builder()
            .engine(engine)
            .defaultRoute(routes.defaultRoute())
            .listeners(all(listeners, observed))
            .attempts(observed.isPresent() ? observed.get() : AttemptWatch.NONE)
            .callers(callers);
    contexts.orderedStream().forEach(model::context);
    for (Route route : routes.all()) {
      providers
          .usable(route, StreamingChatModel.class, true, "LangChain4j")
          .ifPresent(usable -> model.route(usable, target -> targets.streaming(route, target)));
    }
    return model.build();
  }

  /** Where somebody observes, calls and their attempts are observed as well. */
  private static Optional<ObservedCalls> observed(CallObservations observations, boolean blocking) {
    return observations.isNoop()
        ? Optional.empty()
        : Optional.of(new ObservedCalls(observations, blocking));
  }

  private static List<ChatModelListener> all(
      ObjectProvider<ChatModelListener> listeners, Optional<ObservedCalls> observed) {
    return Stream.concat(listeners.orderedStream(), observed.stream()).toList();
  }
}
