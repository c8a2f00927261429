package io.github.resilientchat.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;

/**
 * What a builder says for all routes, a route, a model or a target goes where a prompt is silent.
 */
class DefaultOptionsTest {

  private static final String SONNET = "us.anthropic.claude-sonnet-4-6";

  private final Target east = Target.builder("east").model(SONNET).region("us-east-1").build();
  private final CountingTool tool = CountingTool.doing(() -> {});
  private final ScriptedChatModel script =
      new ScriptedChatModel()
          .then(Flux.just(ScriptedChatModel.text("hello"), ScriptedChatModel.end(1, 1)));
  private final Model model =
      new Model(
          script,
          BedrockChatOptions.builder()
              .model(SONNET)
              .temperature(0.7)
              .maxTokens(7)
              .toolCallbacks(tool)
              .build());

  /** Asked as a provider's model is, with options of its own. */
  private record Model(ScriptedChatModel script, ChatOptions own) implements ChatModel {
    @Override
    public ChatResponse call(Prompt prompt) {
      return script.call(prompt);
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
      return script.stream(prompt);
    }

    @Override
    public ChatOptions getDefaultOptions() {
      return own;
    }
  }

  private static ChatOptions.Builder with() {
    return ChatOptions.builder();
  }

  private static Route route(String name, Target target) {
    return Route.named(name).tier(target).build();
  }

  private ChatOptions sent() {
    return script.prompts.get(script.prompts.size() - 1).getOptions();
  }

  private ResilientChatModel layered() {
    return ResilientChatModel.builder()
        .route(route("chat", east), target -> model)
        .defaultOptions(with().temperature(0.1).topP(0.1).topK(1).maxTokens(1).build())
        .routeOptions("chat", with().topP(0.2).topK(2).maxTokens(2).presencePenalty(0.2).build())
        .modelOptions(SONNET, with().topK(3).maxTokens(3).build())
        .targetOptions("east", with().maxTokens(4).build())
        .build();
  }

  @Test
  void theNearestIsSentAndThePromptComesFirst() {
    layered().call(new Prompt("hello", with().presencePenalty(0.9).build()));

    assertNearest();
    assertThat(sent().getPresencePenalty()).isEqualTo(0.9);
    assertThat(sent().getModel()).isNull();
  }

  @Test
  void aPromptWithoutOptionsIsSentThemAndTheToolsOfTheModel() {
    layered().call(new Prompt("hello"));

    assertNearest();
    assertThat(((ToolCallingChatOptions) sent()).getToolCallbacks()).containsExactly(tool);
    assertThat(((ToolCallingChatOptions) sent()).getInternalToolExecutionEnabled()).isFalse();
  }

  @Test
  void throughAClientAndStreamedItIsTheSame() {
    ChatClient.create(layered()).prompt("hello").stream().content().blockLast();

    assertNearest();
    assertThat(sent()).isInstanceOf(BedrockChatOptions.class);
  }

  private void assertNearest() {
    assertThat(sent().getTemperature()).isEqualTo(0.1);
    assertThat(sent().getTopP()).isEqualTo(0.2);
    assertThat(sent().getTopK()).isEqualTo(3);
    assertThat(sent().getMaxTokens()).isEqualTo(4);
  }

  @Test
  void oneModelBehindTwoRoutesHasTheOptionsOfEach() {
    ResilientChatModel chat =
        ResilientChatModel.builder()
            .route(route("chat", east), target -> model)
            .route(route("precise", east), target -> model)
            .routeOptions("precise", with().temperature(0.0).build())
            .build();

    chat.call(new Prompt("hello"));
    assertThat(sent().getTemperature()).isEqualTo(0.7);
    chat.forRoute("precise").call(new Prompt("hello"));
    assertThat(sent().getTemperature()).isZero();
    chat.call(new Prompt("hello", with().model("precise").build()));
    assertThat(sent().getTemperature()).isZero();
    assertThat(sent().getModel()).isNull();
  }

  @Test
  void whatOnlyAProviderKnowsIsKept() {
    ResilientChatModel chat =
        ResilientChatModel.builder()
            .target("sonnet", model)
            .defaultOptions(
                BedrockChatOptions.builder().requestParameters(Map.of("tier", "flex")).build())
            .targetOptions("sonnet", with().temperature(0.2).build())
            .build();

    chat.call(new Prompt("hello", with().maxTokens(9).build()));

    BedrockChatOptions sent = (BedrockChatOptions) sent();
    assertThat(sent.getRequestParameters()).isEqualTo(Map.of("tier", "flex"));
    assertThat(sent.getTemperature()).isEqualTo(0.2);
    assertThat(sent.getMaxTokens()).isEqualTo(9);
  }

  @Test
  void whatIsGivenStaysAsItIs() {
    ChatOptions given = with().temperature(0.2).build();
    ChatOptions asked = with().maxTokens(9).build();
    ResilientChatModel chat =
        ResilientChatModel.builder().target(east, model).defaultOptions(given).build();

    chat.call(new Prompt("hello", asked));
    chat.call(new Prompt("hello"));

    assertThat(given).usingRecursiveComparison().isEqualTo(with().temperature(0.2).build());
    assertThat(asked).usingRecursiveComparison().isEqualTo(with().maxTokens(9).build());
    assertThat(model.own().getTemperature()).isEqualTo(0.7);
    assertThat(sent().getMaxTokens()).isEqualTo(7);
  }

  @Test
  void theLengthOfAnswersIsReserved() {
    PlanQuotas quotas = PlanQuotas.builder().limits(Limits.parse("1ktpm")).build();
    ResilientChatModel chat =
        ResilientChatModel.builder()
            .engine(Engine.builder().quotas(quotas).build())
            .target(east, model)
            .defaultOptions(with().maxTokens(2_000).build())
            .build()
            .forCaller(Caller.user("ada"));

    assertThatThrownBy(() -> chat.call(new Prompt("hello")))
        .isInstanceOf(QuotaExceededException.class);
  }

  @Test
  void aTargetThatComesLaterHasThoseOfItsRouteAndModel() {
    Engine engine = Engine.builder().build();
    ResilientChatModel chat =
        ResilientChatModel.builder()
            .engine(engine)
            .route(route("chat", east), target -> model)
            .routeOptions("chat", with().temperature(0.1).build())
            .modelOptions(SONNET, with().maxTokens(3).build())
            .build();
    Target west = Target.builder("west").model(SONNET).region("us-west-2").build();

    engine.operations().change(List.of(route("chat", west)), false);
    chat.call(new Prompt("hello"));

    assertThat(sent().getTemperature()).isEqualTo(0.1);
    assertThat(sent().getMaxTokens()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"route", "model", "target"})
  void aNameThatNobodyHasStopsTheBuild(String of) {
    ResilientChatModel.Builder builder = ResilientChatModel.builder().target(east, model);
    ChatOptions any = with().temperature(0.1).build();
    switch (of) {
      case "route" -> builder.routeOptions("eats", any);
      case "model" -> builder.modelOptions("eats", any);
      default -> builder.targetOptions("eats", any);
    }

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no " + of + " 'eats'");
  }

  @Test
  void aModelNameIsARoutesAndNoDefault() {
    assertThatThrownBy(
            () -> ResilientChatModel.builder().defaultOptions(with().model("chat").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("selects a route");
  }
}
