package io.github.resilientchat.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import io.github.resilientchat.autoconfigure.app.Assistant;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.autoconfigure.app.StreamedAnswer;
import io.github.resilientchat.autoconfigure.app.StreamingAssistant;
import io.github.resilientchat.autoconfigure.bedrock.TargetClients;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.CallerScope;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.report.UnknownCallerException;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.springai.CallerAdvisor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an application gets that has both starters on its class path. */
class BothFrameworksTest {

  private final ApplicationContextRunner nothingSet =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withPropertyValues("spring.main.cloud-platform=none");

  @Test
  void withoutAnyPropertyAnAiServiceAnswers() {
    nothingSet.run(
        context -> assertThat(context.getBean(Assistant.class).chat("hello")).isNotBlank());
  }

  @Test
  void withoutAnyPropertyAStreamingAiServiceAnswers() {
    nothingSet.run(
        context ->
            assertThat(
                    StreamedAnswer.of(context.getBean(StreamingAssistant.class).chat("hello"))
                        .text())
                .isNotBlank());
  }

  @Test
  void withoutAnyPropertyAChatClientAnswersAndStreams() {
    nothingSet.run(
        context -> {
          ChatClient client = context.getBean(ChatClient.Builder.class).build();
          assertThat(client.prompt("hello").call().content()).isNotBlank();
          assertThat(String.join("", client.prompt("hello").stream().content().toStream().toList()))
              .isNotBlank();
        });
  }

  @Test
  void thereIsOneEngineAndOneModelOfEachKind() {
    nothingSet.run(
        context ->
            assertThat(context)
                .hasSingleBean(Engine.class)
                .hasSingleBean(ChatModel.class)
                .hasSingleBean(StreamingChatModel.class)
                .hasSingleBean(org.springframework.ai.chat.model.ChatModel.class)
                .hasSingleBean(BedrockSimulator.class));
  }

  @Test
  void aQuotaIsOneOverBothFrameworks() {
    nothingSet
        .withPropertyValues("resilient.quotas.default.limits=2rpm")
        .run(
            context -> {
              ChatClient client = context.getBean(ChatClient.Builder.class).build();
              Assistant assistant = context.getBean(Assistant.class);

              client
                  .prompt("one")
                  .advisors(a -> a.param(CallerAdvisor.USER, "ann"))
                  .call()
                  .content();
              CallerScope.callAs(Caller.user("ann"), () -> assistant.chat("two"));

              assertThatThrownBy(
                      () -> CallerScope.callAs(Caller.user("ann"), () -> assistant.chat("three")))
                  .isInstanceOf(QuotaExceededException.class);
              assertThat(CallerScope.callAs(Caller.user("bob"), () -> assistant.chat("one")))
                  .isNotBlank();
            });
  }

  @Test
  void aPlanHasItsOwnLimitsAndAnonymousCallsAreRefused() {
    nothingSet
        .withPropertyValues(
            "resilient.quotas.default.limits=100rpm",
            "resilient.quotas.plans.noisy.limits=1rpm",
            "resilient.quotas.plans.noisy.users=ann")
        .run(
            context -> {
              Assistant assistant = context.getBean(Assistant.class);
              CallerScope.callAs(Caller.user("ann"), () -> assistant.chat("one"));

              assertThatThrownBy(
                      () -> CallerScope.callAs(Caller.user("ann"), () -> assistant.chat("two")))
                  .isInstanceOf(QuotaExceededException.class)
                  .hasMessageContaining("noisy");
              assertThatThrownBy(() -> assistant.chat("who am I"))
                  .isInstanceOf(UnknownCallerException.class);
            });
  }

  @Test
  void anonymousCallsMayShareAnAccount() {
    nothingSet
        .withPropertyValues(
            "resilient.quotas.default.limits=1rpm", "resilient.identity.anonymous=shared")
        .run(
            context -> {
              Assistant assistant = context.getBean(Assistant.class);
              assertThat(assistant.chat("one")).isNotBlank();
              assertThatThrownBy(() -> assistant.chat("two"))
                  .isInstanceOf(QuotaExceededException.class);
            });
  }

  @Test
  void listenersHearACallOnceHoweverManyAttemptsItTakes() {
    nothingSet
        .withPropertyValues(
            "resilient.backend=simulator",
            "resilient.defaults.region=us-east-1",
            "resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-6",
            "resilient.routes.chat.fallbacks=us.anthropic.claude-haiku-4-5-20251001-v1:0@us-west-2")
        .withUserConfiguration(Listening.class)
        .run(
            context -> {
              context
                  .getBean(BedrockSimulator.class)
                  .fault(Fault.httpError(429, "ThrottlingException", "slow").region("us-east-1"));

              assertThat(context.getBean(Assistant.class).chat("hello")).isNotBlank();

              Listening heard = context.getBean(Listening.class);
              assertThat(heard.requests).hasSize(1);
              assertThat(heard.reports)
                  .singleElement()
                  .satisfies(report -> assertThat(report.attempts()).hasSize(2))
                  .satisfies(report -> assertThat(report.fallback()).isTrue())
                  .satisfies(
                      report -> assertThat(report.caller()).isEqualTo(Caller.user("resolved")));
            });
  }

  @Test
  void springAisOwnBedrockModelMayBeABeanToo() {
    nothingSet
        .withUserConfiguration(StockModel.class)
        .run(
            context -> {
              assertThat(
                      context
                          .getBean(ChatClient.Builder.class)
                          .build()
                          .prompt("hi")
                          .call()
                          .content())
                  .isNotBlank();
              assertThat(context).hasSingleBean(BedrockProxyChatModel.class);
              assertThat(context.getBean(org.springframework.ai.chat.model.ChatModel.class))
                  .isInstanceOf(io.github.resilientchat.springai.ResilientChatModel.class);
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class Listening {

    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<CallReport> reports = new CopyOnWriteArrayList<>();

    @Bean
    ChatModelListener chatModelListener() {
      return new ChatModelListener() {
        @Override
        public void onRequest(ChatModelRequestContext context) {
          requests.add("request");
        }
      };
    }

    @Bean
    RouteListener routeListener() {
      return new RouteListener() {
        @Override
        public void onCall(CallReport report) {
          reports.add(report);
        }
      };
    }

    @Bean
    CallerResolver callerResolver() {
      return () -> Optional.of(Caller.user("resolved"));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class StockModel {

    @Bean
    BedrockProxyChatModel bedrockProxyChatModel(TargetClients clients, ConfiguredRoutes routes) {
      var target = routes.all().get(0).targets().get(0);
      return BedrockProxyChatModel.builder()
          .bedrockRuntimeClient(clients.blocking(target))
          .bedrockRuntimeAsyncClient(clients.streaming(target))
          .build();
    }
  }
}
