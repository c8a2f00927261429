package io.github.resilientchat.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.bedrock.BedrockChatRequestParameters;
import dev.langchain4j.model.bedrock.BedrockServiceTier;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.report.UnknownRouteException;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResilientChatModelTest {

  private static final RateLimitException THROTTLED = new RateLimitException("slow down");

  private final ScriptedModel first = ScriptedModel.named("model-a");
  private final ScriptedModel second = ScriptedModel.named("model-b");
  private final ResilientChatModel model =
      ResilientChatModel.builder().target("a", first).fallback("b", second).build();

  @Test
  void fallbackAnswersWhenTheFirstTargetIsThrottled() {
    first.fails(THROTTLED);
    second.answers("from b");

    assertThat(model.chat("hello")).isEqualTo("from b");
  }

  @Test
  void everyTargetSeesItsOwnModelId() {
    first.fails(THROTTLED);
    second.answers("from b");

    model.chat(Answers.hello());

    assertThat(first.requests().get(0).modelName()).isEqualTo("model-a");
    assertThat(second.requests().get(0).modelName()).isEqualTo("model-b");
  }

  @Test
  void refusedRequestReachesTheCallerAsItIsAndNoOtherTarget() {
    InvalidRequestException refused = new InvalidRequestException("temperature must be below 1");
    first.fails(refused);

    assertThatThrownBy(() -> model.chat("hello")).isSameAs(refused);
    assertThat(first.requests()).hasSize(1);
    assertThat(second.requests()).isEmpty();
  }

  @Test
  void saysWhatHappenedAtEachTargetWhenNoneAnswers() {
    first.fails(THROTTLED);
    second.fails(THROTTLED);

    assertThatThrownBy(() -> model.chat("hello"))
        .isInstanceOf(NoTargetAvailableException.class)
        .hasMessageContaining("a: THROTTLED")
        .hasMessageContaining("b: THROTTLED")
        .hasCause(THROTTLED);
  }

  @Test
  void answerSaysWhereItCameFromAndWhyTheCallMoved() {
    first.fails(THROTTLED);
    second.answers("from b");

    ChatResponse response = model.chat(Answers.hello());

    CallReport report = ResilientChatResponse.reportOf(response).orElseThrow();
    assertThat(report.servedBy()).contains(Target.named("b"));
    assertThat(report.fallback()).isTrue();
    assertThat(report.moves()).containsExactly("a: THROTTLED (RateLimitException)");
  }

  @Test
  void modelNameOfARequestSelectsARouteAndReachesNoTarget() {
    first.answers("chat");
    second.answers("batch");
    ResilientChatModel routes = twoRoutes();

    ChatResponse response = routes.chat(Answers.hello().toBuilder().modelName("batch").build());

    assertThat(response.aiMessage().text()).isEqualTo("batch");
    assertThat(second.requests().get(0).modelName()).isEqualTo("model-b");
  }

  @Test
  void unknownModelNameIsAnErrorThatListsTheRoutes() {
    ChatRequest request = Answers.hello().toBuilder().modelName("model-a").build();

    assertThatThrownBy(() -> twoRoutes().chat(request))
        .isInstanceOf(UnknownRouteException.class)
        .hasMessageContaining("[batch, chat]");
  }

  @Test
  void viewOfARouteUsesItUnlessTheRequestNamesAnother() {
    first.answers("chat");
    second.answers("batch");
    ResilientChatModel batch = twoRoutes().forRoute("batch");

    assertThat(batch.chat("hello")).isEqualTo("batch");
    assertThat(batch.chat(Answers.hello().toBuilder().modelName("chat").build()).aiMessage().text())
        .isEqualTo("chat");
    assertThat(batch.routes()).containsExactlyInAnyOrder("chat", "batch");
  }

  @Test
  void providersOwnParametersKeepTheirTypeWithoutTheRoutesName() {
    ScriptedModel bedrock =
        new ScriptedModel(BedrockChatRequestParameters.builder().modelName("model-a").build())
            .answers("ok");
    ChatRequest request =
        ChatRequest.builder()
            .messages(Answers.hello().messages())
            .parameters(
                BedrockChatRequestParameters.builder()
                    .modelName("default")
                    .serviceTier(BedrockServiceTier.PRIORITY)
                    .build())
            .build();

    ResilientChatModel.builder().target("a", bedrock).build().chat(request);

    BedrockChatRequestParameters sent =
        (BedrockChatRequestParameters) bedrock.requests().get(0).parameters();
    assertThat(sent.serviceTier()).isEqualTo(BedrockServiceTier.PRIORITY);
    assertThat(sent.modelName()).isEqualTo("model-a");
  }

  @Test
  void targetsOwnIdIsUsedWhenAModelDoesNotSayWhichItUses() {
    ScriptedModel silent = new ScriptedModel(DefaultChatRequestParameters.EMPTY).answers("ok");
    Target target = Target.builder("a").model("model-a").build();
    ResilientChatModel routed = ResilientChatModel.builder().target(target, silent).build();

    routed.chat(Answers.hello().toBuilder().modelName("default").build());
    routed.chat(
        ChatRequest.builder()
            .messages(Answers.hello().messages())
            .parameters(BedrockChatRequestParameters.builder().modelName("default").build())
            .build());

    assertThat(silent.requests().get(0).modelName()).isNull();
    assertThat(silent.requests().get(1).modelName()).isEqualTo("model-a");
  }

  @Test
  void promisesOnlyWhatEveryTargetOfTheRouteKeeps() {
    first.can(Capability.RESPONSE_FORMAT_JSON_SCHEMA).of(ModelProvider.AMAZON_BEDROCK);
    ScriptedModel other =
        new ScriptedModel(
                ChatRequestParameters.builder().temperature(0.7).maxOutputTokens(9).build())
            .of(ModelProvider.OPEN_AI);
    ResilientChatModel mixed =
        ResilientChatModel.builder().target("a", first).fallback("b", other).build();

    assertThat(mixed.supportedCapabilities()).isEmpty();
    assertThat(mixed.provider()).isEqualTo(ModelProvider.OTHER);
    assertThat(mixed.defaultRequestParameters().modelName()).isEqualTo("default");
    assertThat(mixed.defaultRequestParameters().temperature()).isEqualTo(0.7);
    assertThat(mixed.defaultRequestParameters().maxOutputTokens()).isNull();
  }

  private ResilientChatModel twoRoutes() {
    Target a = Target.named("a");
    Target b = Target.named("b");
    return ResilientChatModel.builder()
        .route(Route.named("batch").tier(b).build(), Map.of(b, second)::get)
        .route(
            Route.named("chat").tier(a).strategy(RoutingStrategy.ordered()).build(),
            Map.of(a, first)::get)
        .defaultRoute("chat")
        .build();
  }
}
