package io.github.resilientchat.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilientchat.autoconfigure.bedrock.ResilientBedrockAutoConfiguration;
import io.github.resilientchat.autoconfigure.bedrock.TargetClients;
import io.github.resilientchat.autoconfigure.engine.EngineCustomizer;
import io.github.resilientchat.autoconfigure.engine.ResilientEngineAutoConfiguration;
import io.github.resilientchat.autoconfigure.engine.ResilientObservationAutoConfiguration;
import io.github.resilientchat.autoconfigure.identity.ResilientIdentityAutoConfiguration;
import io.github.resilientchat.autoconfigure.identity.ResilientSecurityAutoConfiguration;
import io.github.resilientchat.autoconfigure.keys.ResilientKeysAutoConfiguration;
import io.github.resilientchat.autoconfigure.langchain4j.ResilientLangChain4jAutoConfiguration;
import io.github.resilientchat.autoconfigure.quota.ResilientQuotaAutoConfiguration;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.autoconfigure.route.ResilientRoutesAutoConfiguration;
import io.github.resilientchat.autoconfigure.simulator.ResilientSimulatorAutoConfiguration;
import io.github.resilientchat.autoconfigure.springai.ResilientChatClientAutoConfiguration;
import io.github.resilientchat.autoconfigure.springai.ResilientSpringAiAutoConfiguration;
import io.github.resilientchat.bedrock.BedrockClientCustomizer;
import io.github.resilientchat.bedrock.BedrockClients;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClientBuilder;

/** What an application may replace or add, and what is left without a framework. */
class BackOffTest {

  private static final ChatModel OWN =
      new ChatModel() {
        @Override
        public String chat(String message) {
          return "own";
        }
      };

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withPropertyValues("spring.main.cloud-platform=none")
          .withConfiguration(
              AutoConfigurations.of(
                  ResilientKeysAutoConfiguration.class,
                  ResilientRoutesAutoConfiguration.class,
                  ResilientQuotaAutoConfiguration.class,
                  ResilientSecurityAutoConfiguration.class,
                  ResilientIdentityAutoConfiguration.class,
                  ResilientEngineAutoConfiguration.class,
                  ResilientObservationAutoConfiguration.class,
                  ResilientSimulatorAutoConfiguration.class,
                  ResilientBedrockAutoConfiguration.class,
                  ResilientLangChain4jAutoConfiguration.class,
                  ResilientSpringAiAutoConfiguration.class,
                  ResilientChatClientAutoConfiguration.class));

  @Test
  void anApplicationsOwnLangChain4jModelsReplaceOurs() {
    runner
        .withBean("own", ChatModel.class, () -> OWN)
        .withBean("ownStreaming", StreamingChatModel.class, OwnStreaming::new)
        .run(
            context -> {
              assertThat(context.getBean(ChatModel.class)).isSameAs(OWN);
              assertThat(context.getBean(StreamingChatModel.class))
                  .isInstanceOf(OwnStreaming.class);
            });
  }

  @Test
  void anApplicationsOwnSpringAiModelReplacesOurs() {
    runner
        .withBean(
            "own",
            io.github.resilientchat.springai.ResilientChatModel.class,
            () ->
                io.github.resilientchat.springai.ResilientChatModel.builder()
                    .target("canned", new CannedModel())
                    .build())
        .run(
            context ->
                assertThat(
                        context
                            .getBean(org.springframework.ai.chat.model.ChatModel.class)
                            .call(new Prompt("hi"))
                            .getResult()
                            .getOutput()
                            .getText())
                    .isEqualTo("canned"));
  }

  @Test
  void anApplicationsOwnEngineQuotasClientsAndSimulatorReplaceOurs() {
    Engine engine = Engine.builder().build();
    CallerQuotas quotas = CallerQuotas.unlimited();
    BedrockClients clients = BedrockClients.create();
    BedrockSimulator simulator = BedrockSimulator.start();
    runner
        .withBean(Engine.class, () -> engine)
        .withBean(CallerQuotas.class, () -> quotas)
        .withBean(BedrockClients.class, () -> clients)
        .withBean(BedrockSimulator.class, () -> simulator)
        .run(
            context -> {
              assertThat(context.getBean(Engine.class)).isSameAs(engine);
              assertThat(context.getBean(CallerQuotas.class)).isSameAs(quotas);
              assertThat(context.getBean(ChatModel.class).chat("hello")).isNotBlank();
              assertThat(simulator.invocations()).hasSize(1);
            });
  }

  @Test
  void anApplicationsOwnRoutesReplaceOursAndTheirPropertiesAreNotRead() {
    Target target = Target.builder("own").model("a.b").region("us-east-1").account("mine").build();
    Route route = Route.named("own").tier(target).build();
    runner
        .withPropertyValues("resilient.backend=aws")
        .withBean(
            ConfiguredRoutes.class, () -> new ConfiguredRoutes(List.of(route), "own", Map.of()))
        .run(
            context ->
                assertThat(context.getBean(ConfiguredRoutes.class).names()).containsExactly("own"));
  }

  @Test
  void theEngineTakesUpBreakersClassifiersAndCustomizers() {
    CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    AtomicInteger customized = new AtomicInteger();
    FailureClassifier classifier = error -> Optional.of(Failure.of(FailureKind.REJECTED, "mine"));
    runner
        .withBean(CircuitBreakerRegistry.class, () -> breakers)
        .withBean(FailureClassifier.class, () -> classifier)
        .withBean(Ticker.class, Ticker::system)
        .withBean(EngineCustomizer.class, () -> engine -> customized.incrementAndGet())
        .run(
            context -> {
              BedrockSimulator simulator = context.getBean(BedrockSimulator.class);
              simulator.fault(Fault.httpError(503, "ServiceUnavailableException", "down"));

              org.assertj.core.api.Assertions.assertThatThrownBy(
                      () -> context.getBean(ChatModel.class).chat("hello"))
                  .isInstanceOf(RuntimeException.class);

              // Unlike what the class path says of a 503, a rejected request is not tried again.
              assertThat(simulator.invocations()).hasSize(1);
              assertThat(breakers.getAllCircuitBreakers()).isNotEmpty();
              assertThat(customized).hasValue(1);
            });
  }

  @Test
  void clientCustomizersSeeEveryAccountAndRegion() {
    List<String> seen = new ArrayList<>();
    BedrockClientCustomizer customizer =
        new BedrockClientCustomizer() {
          @Override
          public void customize(
              io.github.resilientchat.bedrock.BedrockAccount account,
              Region region,
              BedrockRuntimeClientBuilder builder) {
            seen.add(account.name() + " " + region);
          }
        };
    runner
        .withBean(BedrockClientCustomizer.class, () -> customizer)
        .run(
            context -> {
              TargetClients clients = context.getBean(TargetClients.class);
              assertThat(seen).as("before the first use").isEmpty();
              context
                  .getBean(ConfiguredRoutes.class)
                  .all()
                  .forEach(
                      route ->
                          route
                              .targets()
                              .forEach(
                                  target -> clients.blocking(target).serviceClientConfiguration()));
              assertThat(seen).containsExactlyInAnyOrder("default us-east-1", "default us-west-2");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"io.github.resilientchat.langchain4j", "dev.langchain4j.model.bedrock"})
  void withoutLangChain4jSpringAiIsLeft(String missing) {
    runner
        .withClassLoader(new FilteredClassLoader(missing))
        .run(
            context -> {
              assertThat(context).hasNotFailed().doesNotHaveBean(ChatModel.class);
              assertThat(context)
                  .hasSingleBean(io.github.resilientchat.springai.ResilientChatModel.class);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"io.github.resilientchat.springai", "org.springframework.ai.bedrock.converse"})
  void withoutSpringAiLangChain4jIsLeft(String missing) {
    runner
        .withClassLoader(new FilteredClassLoader(missing))
        .run(
            context ->
                assertThat(context)
                    .hasNotFailed()
                    .hasSingleBean(ChatModel.class)
                    .hasSingleBean(StreamingChatModel.class)
                    .doesNotHaveBean("resilientSpringAiChatModel"));
  }

  @Test
  void disabledMeansThereIsNoBeanOfOurs() {
    runner
        .withPropertyValues("resilient.enabled=false")
        .run(
            context ->
                assertThat(context.getBeanDefinitionNames())
                    .noneMatch(
                        name -> name.toLowerCase(java.util.Locale.ROOT).contains("resilient"))
                    .noneMatch(name -> name.contains("bedrock")));
  }

  private static final class OwnStreaming implements StreamingChatModel {
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      handler.onError(new IllegalStateException("own"));
    }
  }
}
