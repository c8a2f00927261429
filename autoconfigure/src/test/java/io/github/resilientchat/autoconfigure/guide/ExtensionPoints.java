package io.github.resilientchat.autoconfigure.guide;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.chat.Capability;
import io.github.resilientchat.autoconfigure.engine.EngineCustomizer;
import io.github.resilientchat.autoconfigure.langchain4j.BedrockModelCustomizer;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.BedrockClientCustomizer;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.QuotaEvent;
import io.github.resilientchat.core.quota.QuotaListener;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.observation.CallObservationContext;
import io.github.resilientchat.observation.CallObservationConvention;
import io.github.resilientchat.observation.DefaultCallObservationConvention;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.micrometer.common.KeyValues;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClientBuilder;

/** The beans of the guide to extension points. */
@Configuration(proxyBeanMethods = false)
class ExtensionPoints {

  final Queue<String> reached = new ConcurrentLinkedQueue<>();
  final Queue<String> answered = new ConcurrentLinkedQueue<>();

  /** An exception of a provider that nobody knows. */
  static final class ModelAsleepException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  // snippet: listener
  @Bean
  RouteListener answers() {
    return new RouteListener() {
      @Override
      public void onCall(CallReport report) {
        answered.add(report.route() + ": " + report.servedBy().map(Target::name).orElse("nobody"));
      }
    };
  }

  // end

  // snippet: classifier
  @Bean
  FailureClassifier asleep() {
    return error -> {
      for (Throwable cause = error; cause != null; cause = cause.getCause()) {
        if (cause instanceof ModelAsleepException) {
          return Optional.of(Failure.of(FailureKind.NOT_READY, "ModelAsleep"));
        }
      }
      return Optional.empty();
    };
  }

  // end

  // snippet: engine
  @Bean
  EngineCustomizer repeatable() {
    return engine -> engine.random(new Random(42));
  }

  // end

  // snippet: clients
  @Bean
  BedrockClientCustomizer named() {
    return new BedrockClientCustomizer() {
      @Override
      public void customize(
          BedrockAccount account, Region region, BedrockRuntimeClientBuilder builder) {
        builder.overrideConfiguration(
            builder.overrideConfiguration().toBuilder().putHeader("x-team", "orders").build());
      }
    };
  }

  // end

  // snippet: schemas
  @Bean
  BedrockModelCustomizer schemas() {
    return new BedrockModelCustomizer() {
      @Override
      public void customize(Target target, BedrockChatModel.Builder builder) {
        builder.supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
      }
    };
  }

  // end

  // snippet: strategy
  @Bean
  RoutingStrategy byName() {
    return (tier, signals) -> {
      List<Target> sorted = tier.stream().sorted(Comparator.comparing(Target::name)).toList();
      return call -> sorted;
    };
  }

  // end

  // snippet: quotas
  @Bean
  QuotaListener warnings() {
    return new QuotaListener() {
      @Override
      public void onLimit(QuotaEvent event) {
        reached.add(event.plan() + ": " + event.percent() + " % of " + event.limit());
      }
    };
  }

  // end

  // snippet: observations
  @Bean
  CallObservationConvention ofTeam() {
    return new DefaultCallObservationConvention() {
      @Override
      public KeyValues getLowCardinalityKeyValues(CallObservationContext context) {
        return super.getLowCardinalityKeyValues(context).and("team", "orders");
      }
    };
  }

  // end

  // snippet: routes
  @Bean
  ConfiguredRoutes routes(RoutingStrategy byName) {
    Route chat =
        Route.named("chat")
            .tier(target("east", "us-east-1"), target("west", "us-west-2"))
            .strategy(byName)
            .build();
    return new ConfiguredRoutes(List.of(chat), "chat", Map.of());
  }

  private static Target target(String name, String region) {
    return Target.builder(name)
        .model("us.anthropic.claude-sonnet-4-6")
        .region(region)
        .account("main")
        .build();
  }

  // end

  // snippet: simulator
  @Bean(destroyMethod = "close")
  BedrockSimulator bedrock() {
    return BedrockSimulator.builder().seed(7).start();
  }
  // end
}
