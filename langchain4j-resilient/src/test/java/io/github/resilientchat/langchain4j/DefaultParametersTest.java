package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.bedrock.BedrockChatRequestParameters;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.OnExceeded;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a builder says for all routes, a route, a model or a target goes where a request is silent.
 */
class DefaultParametersTest {

  private static final String SONNET = "us.anthropic.claude-sonnet-4-6";

  private final Target east = Target.builder("east").model(SONNET).region("us-east-1").build();
  private final Target west = Target.builder("west").model(SONNET).region("us-west-2").build();
  private final ScriptedModel model = ScriptedModel.named(SONNET).answers("hello");

  private static DefaultChatRequestParameters.Builder<?> with() {
    return ChatRequestParameters.builder();
  }

  private static Route route(String name, Target... targets) {
    return Route.named(name).tier(targets).build();
  }

  private ChatRequestParameters sent() {
    return model.requests().get(model.requests().size() - 1).parameters();
  }

  @Test
  void theNearestIsSentAndTheRequestComesFirst() {
    ResilientChatModel chat =
        ResilientChatModel.builder()
            .route(route("chat", east), target -> model)
            .defaultRequestParameters(
                with().temperature(0.1).topP(0.1).topK(1).maxOutputTokens(1).build())
            .routeRequestParameters(
                "chat", with().topP(0.2).topK(2).maxOutputTokens(2).presencePenalty(0.2).build())
            .modelRequestParameters(SONNET, with().topK(3).maxOutputTokens(3).build())
            .targetRequestParameters("east", with().maxOutputTokens(4).build())
            .build();

    chat.chat(
        ChatRequest.builder()
            .messages(Answers.hello().messages())
            .parameters(with().presencePenalty(0.9).build())
            .build());

    assertThat(sent().temperature()).isEqualTo(0.1);
    assertThat(sent().topP()).isEqualTo(0.2);
    assertThat(sent().topK()).isEqualTo(3);
    assertThat(sent().maxOutputTokens()).isEqualTo(4);
    assertThat(sent().presencePenalty()).isEqualTo(0.9);
    assertThat(sent().modelName()).isEqualTo(SONNET);
  }

  @Test
  void oneModelBehindTwoRoutesHasTheOptionsOfEach() {
    ResilientChatModel chat =
        ResilientChatModel.builder()
            .route(route("chat", east), target -> model)
            .route(route("precise", east), target -> model)
            .routeRequestParameters("precise", with().temperature(0.0).build())
            .build();

    chat.chat("hello");
    assertThat(sent().temperature()).isEqualTo(0.7);
    chat.forRoute("precise").chat("hello");
    assertThat(sent().temperature()).isZero();
    assertThat(chat.forRoute("precise").defaultRequestParameters().temperature()).isZero();
    assertThat(chat.defaultRequestParameters().temperature()).isEqualTo(0.7);
  }

  @Test
  void singleTargetsHaveThemToo() {
    ResilientChatModel chat =
        ResilientChatModel.builder()
            .target("sonnet", model)
            .fallback("haiku", ScriptedModel.named("haiku").answers("hello"))
            .defaultRequestParameters(with().temperature(0.3).build())
            .modelRequestParameters(SONNET, with().maxOutputTokens(11).build())
            .targetRequestParameters("haiku", with().maxOutputTokens(12).build())
            .build();

    chat.chat("hello");

    assertThat(sent().temperature()).isEqualTo(0.3);
    assertThat(sent().maxOutputTokens()).isEqualTo(11);
  }

  @Test
  void whatOnlyAProviderKnowsIsKept() {
    ScriptedModel bedrock =
        new ScriptedModel(BedrockChatRequestParameters.builder().modelName(SONNET).build())
            .answers("hello");
    ResilientChatModel chat =
        ResilientChatModel.builder()
            .target(east, bedrock)
            .defaultRequestParameters(
                BedrockChatRequestParameters.builder()
                    .additionalModelRequestFields(Map.of("anthropic_beta", List.of("x")))
                    .build())
            .targetRequestParameters("east", with().temperature(0.2).build())
            .build();

    chat.chat(
        ChatRequest.builder()
            .messages(Answers.hello().messages())
            .parameters(with().maxOutputTokens(9).build())
            .build());

    assertThat(bedrock.requests().get(0).parameters())
        .isEqualTo(
            BedrockChatRequestParameters.builder()
                .modelName(SONNET)
                .additionalModelRequestFields(Map.of("anthropic_beta", List.of("x")))
                .temperature(0.2)
                .maxOutputTokens(9)
                .build());
  }

  @Test
  void theLengthOfAnswersIsReserved() {
    PlanQuotas quotas = PlanQuotas.builder().limits(Limits.parse("1ktpm")).build();
    ResilientChatModel chat =
        ResilientChatModel.builder()
            .engine(Engine.builder().quotas(quotas).build())
            .target(east, model)
            .defaultRequestParameters(with().maxOutputTokens(2_000).build())
            .build()
            .forCaller(Caller.user("ada"));

    assertThatThrownBy(() -> chat.chat("hello")).isInstanceOf(QuotaExceededException.class);
  }

  @Test
  void aCallThatItsPlanSendsOverAnotherRouteHasTheOptionsOfThat() {
    PlanQuotas quotas =
        PlanQuotas.builder()
            .routeLimits("chat", Limits.parse("0rpm"))
            .limits(Limits.parse("9rpm"))
            .onExceeded(new OnExceeded.Degrade("cheap"))
            .build();
    ResilientChatModel chat =
        ResilientChatModel.builder()
            .engine(Engine.builder().quotas(quotas).build())
            .route(route("chat", east), target -> ScriptedModel.named("never").answers("no"))
            .route(route("cheap", west), target -> model)
            .routeRequestParameters("chat", with().temperature(0.9).build())
            .routeRequestParameters("cheap", with().temperature(0.1).build())
            .build()
            .forCaller(Caller.user("ada"));

    chat.chat("hello");

    assertThat(sent().temperature()).isEqualTo(0.1);
  }

  @Test
  void aTargetThatComesLaterHasThoseOfItsRouteAndModel() {
    Engine engine = Engine.builder().build();
    ResilientChatModel chat =
        ResilientChatModel.builder()
            .engine(engine)
            .route(route("chat", east), target -> model)
            .routeRequestParameters("chat", with().temperature(0.1).build())
            .modelRequestParameters(SONNET, with().maxOutputTokens(3).build())
            .build();

    engine.operations().change(List.of(route("chat", west)), false);
    chat.chat("hello");

    assertThat(sent().temperature()).isEqualTo(0.1);
    assertThat(sent().maxOutputTokens()).isEqualTo(3);
  }

  @Test
  void streamsHaveThemToo() {
    ScriptedStream stream = ScriptedStream.named(SONNET).answers("hello");
    ResilientStreamingChatModel chat =
        ResilientStreamingChatModel.builder()
            .target(east, stream)
            .defaultRequestParameters(with().temperature(0.1).build())
            .build();

    chat.chat("hello", new RecordingHandler());

    assertThat(stream.requests().get(0).parameters().temperature()).isEqualTo(0.1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"route", "model", "target"})
  void aNameThatNobodyHasStopsTheBuild(String of) {
    ResilientChatModel.Builder builder = ResilientChatModel.builder().target(east, model);
    ChatRequestParameters any = with().temperature(0.1).build();
    switch (of) {
      case "route" -> builder.routeRequestParameters("eats", any);
      case "model" -> builder.modelRequestParameters("eats", any);
      default -> builder.targetRequestParameters("eats", any);
    }

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no " + of + " 'eats'");
  }

  @Test
  void aModelNameIsARoutesAndNoDefault() {
    assertThatThrownBy(
            () ->
                ResilientChatModel.builder()
                    .defaultRequestParameters(with().modelName("chat").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("selects a route");
  }
}
