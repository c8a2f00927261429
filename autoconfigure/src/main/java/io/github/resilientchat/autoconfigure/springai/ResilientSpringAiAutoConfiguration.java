package io.github.resilientchat.autoconfigure.springai;

import io.github.resilientchat.autoconfigure.bedrock.ResilientBedrockAutoConfiguration;
import io.github.resilientchat.autoconfigure.bedrock.TargetClients;
import io.github.resilientchat.autoconfigure.engine.GenAi;
import io.github.resilientchat.autoconfigure.engine.ResilientEngineAutoConfiguration;
import io.github.resilientchat.autoconfigure.engine.ResilientObservationAutoConfiguration;
import io.github.resilientchat.autoconfigure.identity.Callers;
import io.github.resilientchat.autoconfigure.identity.ResilientIdentityAutoConfiguration;
import io.github.resilientchat.autoconfigure.quota.OtherModels;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.autoconfigure.route.ProviderBeans;
import io.github.resilientchat.autoconfigure.route.RoutesNow;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.observation.CallObservations;
import io.github.resilientchat.springai.ResilientChatModel;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/**
 * Spring AI's model. Primary, so that {@code ChatClient.Builder} takes it even where Spring AI's
 * own Bedrock model is a bean too. It stands for the default route; the model name of a prompt's
 * options selects another, and so does {@link ResilientChatModel#forRoute}: {@code
 * ChatClient.create(chatModel.forRoute("batch"))}.
 *
 * <p>The context's {@link ToolCallingManager} and, on Spring AI 1.1, its {@code
 * ToolExecutionEligibilityPredicate} decide about tools. Beans of type {@link CallerResolver} are
 * asked for the caller of a call, and those of type {@link BedrockOptionsCustomizer} change the
 * options of the models behind the targets. A bean of type {@link ResilientChatModel} replaces the
 * one here; {@code spring.ai.model.chat=none} leaves Spring AI without one.
 */
@AutoConfiguration(
    after = {
      ResilientEngineAutoConfiguration.class,
      ResilientObservationAutoConfiguration.class,
      ResilientBedrockAutoConfiguration.class,
      ResilientIdentityAutoConfiguration.class
    },
    afterName = {
      "org.springframework.ai.model.bedrock.converse.autoconfigure.BedrockConverseProxyChatAutoConfiguration",
      "org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration"
    },
    beforeName =
        "org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration")
@ConditionalOnClass({ResilientChatModel.class, BedrockProxyChatModel.class})
@ConditionalOnBean({Engine.class, TargetClients.class})
@Conditional(OnChatModelWanted.class)
public final class ResilientSpringAiAutoConfiguration {

  /** Looks at what is there beside the primary one: who asks for it by name passes the quotas. */
  @Bean
  SmartInitializingSingleton resilientSpringAiModelsCheck(
      OtherModels others, ConfigurableListableBeanFactory beans) {
    return () ->
        others.check(beans, ChatModel.class, ResilientChatModel.class, "Spring AI ChatModel");
  }

  @Bean
  StarterKeys resilientStarterKeys(Environment environment) {
    return new StarterKeys(environment);
  }

  @Bean
  @Primary
  @ConditionalOnMissingBean
  ResilientChatModel resilientSpringAiChatModel(
      Engine engine,
      ConfiguredRoutes routes,
      RoutesNow now,
      TargetClients clients,
      ProviderBeans providers,
      ObjectProvider<ToolCallingManager> toolCalling,
      CallObservations observations,
      @Qualifier(Callers.OF_ALL_SOURCES) CallerResolver callers,
      ObjectProvider<BedrockOptionsCustomizer> customizers,
      ObjectProvider<GenAi> genAi,
      BeanFactory beans) {
    ObservationRegistry registry = observations.registry();
    ToolCallingManager tools =
        toolCalling.getIfAvailable(
            () -> ToolCallingManager.builder().observationRegistry(registry).build());
    ObservationRegistry attempts =
        genAi.getIfAvailable() == GenAi.OFF ? ObservationRegistry.NOOP : registry;
    SpringAiTargets targets =
        new SpringAiTargets(
            now, clients, providers, tools, attempts, customizers.orderedStream().toList());
    ResilientChatModel.Builder model =
        ResilientChatModel.builder()
            .engine(engine)
            .defaultRoute(routes.defaultRoute())
            .toolCallingManager(tools)
            .observations(observations)
            .callers(callers);
    ToolPredicates.in(beans).ifPresent(model::toolExecutionEligibilityPredicate);
    for (Route route : routes.all()) {
      providers
          .usable(route, ChatModel.class, false, "Spring AI")
          .ifPresent(usable -> model.route(usable, target -> targets.model(route, target)));
    }
    return model.build();
  }
}
