package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.failure.AttemptFailedException;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.simulator.Answer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.CachePointBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;

/** What reaches Bedrock of a request whose target cannot be sent all of it, or has more to say. */
class RequestShapeTest {

  private static final String GPT_OSS = "openai.gpt-oss-120b-1:0";
  private static final String CLAUDE = "us.anthropic.claude-sonnet-4-6";
  private static final CachePointBlock POINT = CachePointBlock.builder().type("default").build();

  private final Simulated simulated = Simulated.start();
  private final Exchange exchange = new Exchange(Simulated.PATIENCE, false);
  private final List<String> notes = new ArrayList<>();
  private final List<JsonNode> sent = new CopyOnWriteArrayList<>();

  @BeforeEach
  void listen() {
    exchange.onNote(notes::add);
    simulated.bedrock.answer(
        call -> {
          sent.add(call.request());
          return Answer.text("Hi");
        });
  }

  @AfterEach
  void close() {
    simulated.close();
  }

  private void ask(RequestShape shape, ConverseRequest request) {
    Simulated.within(
        exchange,
        () ->
            simulated.clients.client(simulated.account, Simulated.REGION, shape).converse(request));
  }

  private static RequestShape of(String model) {
    return RequestShape.forCapabilities(
        ModelCatalogue.bundled().of(model).orElseThrow().capabilities());
  }

  private static ConverseRequest.Builder marked(String model) {
    return ConverseRequest.builder()
        .modelId(model)
        .system(SystemContentBlock.fromText("Rules"), SystemContentBlock.fromCachePoint(POINT))
        .messages(
            Message.builder()
                .role("user")
                .content(
                    ContentBlock.fromText("One"),
                    ContentBlock.fromCachePoint(POINT),
                    ContentBlock.fromText("Two"))
                .build())
        .toolConfig(t -> t.tools(tool("zeta"), tool("alpha"), Tool.fromCachePoint(POINT)));
  }

  private static Tool tool(String name) {
    return Tool.fromToolSpec(
        spec ->
            spec.name(name)
                .inputSchema(
                    schema ->
                        schema.json(Document.mapBuilder().putString("type", "object").build())));
  }

  @Test
  void cachePointsAreLeftOutWhereTheModelHasNoCacheAndTheRestKeepsItsOrder() {
    ask(of(GPT_OSS), marked(GPT_OSS).build());

    assertThat(sent.get(0).toString()).doesNotContain("cachePoint");
    assertThat(sent.get(0).at("/messages/0/content").toString())
        .isEqualTo("[{\"text\":\"One\"},{\"text\":\"Two\"}]");
    assertThat(sent.get(0).at("/toolConfig/tools/0/toolSpec/name").asText()).isEqualTo("zeta");
    assertThat(sent.get(0).at("/toolConfig/tools/1/toolSpec/name").asText()).isEqualTo("alpha");
    assertThat(notes).containsExactly("cache points left out");
  }

  @Test
  void whatTheModelTakesIsSentAsItIs() {
    ask(of(Simulated.MODEL), marked(Simulated.MODEL).build());

    assertThat(sent.get(0).findValues("cachePoint")).hasSize(3);
    assertThat(notes).isEmpty();
  }

  @Test
  void equalPromptsToOneTargetAreEqualToTheByte() {
    RequestShape shape = of(CLAUDE).withMetadata(Map.of("b", "1", "a", "2"));
    ask(shape, marked(CLAUDE).build());
    ask(shape, marked(CLAUDE).build());

    assertThat(sent.get(1)).hasToString(sent.get(0).toString());
  }

  @Test
  void serviceTierLatencyAndReasoningAreLeftOutWhereTheModelHasNone() {
    Set<Capability> some = EnumSet.of(Capability.SYSTEM_PROMPTS, Capability.TOOLS);
    ask(
        RequestShape.forCapabilities(some),
        Simulated.question().toBuilder()
            .serviceTier(t -> t.type("flex"))
            .performanceConfig(p -> p.latency("optimized"))
            .additionalModelRequestFields(
                Document.mapBuilder()
                    .putDocument(
                        "thinking", Document.mapBuilder().putString("type", "enabled").build())
                    .putNumber("top_k", 5)
                    .build())
            .build());

    JsonNode request = sent.get(0);
    assertThat(request.has("serviceTier")).isFalse();
    assertThat(request.has("performanceConfig")).isFalse();
    assertThat(request.path("additionalModelRequestFields").toString()).isEqualTo("{\"top_k\":5}");
    assertThat(notes)
        .containsExactlyInAnyOrder(
            "service tier left out", "latency left out", "reasoning left out");
  }

  private static Document effort(Document... format) {
    Map<String, Document> config = new LinkedHashMap<>();
    config.put("effort", Document.fromString("high"));
    for (Document each : format) {
      config.put("format", each);
    }
    return Document.fromMap(config);
  }

  private static Document thinking(int budget) {
    return Document.mapBuilder()
        .putString("type", "enabled")
        .putNumber("budget_tokens", budget)
        .build();
  }

  private void ask(String model, Map<String, Document> fields) {
    ask(
        of(model),
        Simulated.question().toBuilder()
            .modelId(model)
            .additionalModelRequestFields(Document.fromMap(fields))
            .build());
  }

  @Test
  void effortIsAReasoningSettingWhereverItIsSaid() {
    ask(Simulated.MODEL, Map.of("thinking", thinking(2_000), "output_config", effort()));
    ask(
        Simulated.MODEL,
        Map.of("output_config", effort(Document.fromString("json")), "reasoning", effort()));
    ConverseRequest typed =
        Simulated.question().toBuilder().outputConfig(output -> output.effort("high")).build();
    ask(of(Simulated.MODEL), typed);
    ask(
        of(Simulated.MODEL),
        typed.toBuilder()
            .outputConfig(
                output -> output.effort("high").textFormat(format -> format.type("json_schema")))
            .build());

    assertThat(sent.get(0).has("additionalModelRequestFields")).isFalse();
    assertThat(sent.get(1).path("additionalModelRequestFields").toString())
        .isEqualTo("{\"output_config\":{\"format\":\"json\"}}");
    assertThat(sent.get(2).has("outputConfig")).isFalse();
    assertThat(sent.get(3).path("outputConfig").toString())
        .isEqualTo("{\"textFormat\":{\"type\":\"json_schema\"}}");
    assertThat(notes).hasSize(4).containsOnly("reasoning left out");
  }

  @Test
  void streamsLeaveOutATypedEffortToo() {
    simulated
        .clients
        .asyncClient(simulated.account, Simulated.REGION, of(Simulated.MODEL))
        .converseStream(
            Simulated.streamedQuestion().toBuilder()
                .outputConfig(output -> output.effort("high"))
                .build(),
            ConverseStreamResponseHandler.builder().subscriber(part -> {}).build())
        .join();

    assertThat(sent.get(0).has("outputConfig")).isFalse();
  }

  @Test
  void modelWithoutABudgetOfThinkingThinksAsFarAsItSeesFit() {
    ask(
        "us.anthropic.claude-haiku-5-5",
        Map.of("thinking", thinking(2_000), "output_config", effort()));
    ask("us.anthropic.claude-opus-5-5", Map.of("reasoning_config", thinking(2_000)));

    JsonNode haiku = sent.get(0).path("additionalModelRequestFields");
    assertThat(haiku.path("thinking").toString()).isEqualTo("{\"type\":\"adaptive\"}");
    assertThat(haiku.at("/output_config/effort").asText()).isEqualTo("high");
    assertThat(sent.get(1).at("/additionalModelRequestFields/reasoning_config").toString())
        .isEqualTo("{\"type\":\"adaptive\"}");
    assertThat(notes).hasSize(2).containsOnly("reasoning budget left out");
  }

  @Test
  void modelThatTakesABudgetOfThinkingIsSentIt() {
    ask(CLAUDE, Map.of("thinking", thinking(2_000), "output_config", effort()));

    assertThat(sent.get(0).at("/additionalModelRequestFields/thinking/budget_tokens").asInt())
        .isEqualTo(2_000);
    assertThat(notes).isEmpty();
  }

  @Test
  void guardrailAndSystemPromptAreNeverLeftOut() {
    RequestShape nothing = RequestShape.forCapabilities(Set.of(Capability.CACHE_POINTS));
    ConverseRequest guarded =
        Simulated.question().toBuilder()
            .guardrailConfig(g -> g.guardrailIdentifier("gr").guardrailVersion("1"))
            .build();
    ConverseRequest ruled =
        Simulated.question().toBuilder().system(SystemContentBlock.fromText("Rules")).build();

    for (ConverseRequest request : List.of(guarded, ruled)) {
      assertThatThrownBy(() -> ask(nothing, request))
          .isInstanceOfSatisfying(
              AttemptFailedException.class,
              e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.UNSUPPORTED));
    }
    assertThat(sent).isEmpty();
  }

  @Test
  void whatIsSetForTheTargetIsSentUnlessTheRequestSaysOtherwise() {
    RequestShape shape =
        RequestShape.AS_IT_IS
            .withServiceTier("flex")
            .withLatency("optimized")
            .withGuardrail(new RequestShape.Guardrail("gr-1", "3"))
            .withMetadata(Map.of("team", "search", "stage", "prod"));
    ask(shape, Simulated.question());
    ask(
        shape,
        Simulated.question().toBuilder()
            .serviceTier(t -> t.type("priority"))
            .requestMetadata(Map.of("stage", "test"))
            .build());

    assertThat(sent.get(0).at("/serviceTier/type").asText()).isEqualTo("flex");
    assertThat(sent.get(0).at("/performanceConfig/latency").asText()).isEqualTo("optimized");
    assertThat(sent.get(0).at("/guardrailConfig/guardrailIdentifier").asText()).isEqualTo("gr-1");
    assertThat(sent.get(0).at("/guardrailConfig/guardrailVersion").asText()).isEqualTo("3");
    assertThat(sent.get(0).at("/requestMetadata/team").asText()).isEqualTo("search");
    assertThat(sent.get(1).at("/serviceTier/type").asText()).isEqualTo("priority");
    assertThat(sent.get(1).at("/requestMetadata/stage").asText()).isEqualTo("test");
    assertThat(sent.get(1).at("/requestMetadata/team").asText()).isEqualTo("search");
  }

  @Test
  void streamsAreShapedAsWell() {
    RecordedStream.of(
            simulated.clients.asyncClient(
                simulated.account, Simulated.REGION, RequestShape.AS_IT_IS.withServiceTier("flex")))
        .future
        .join();

    assertThat(sent.get(0).at("/serviceTier/type").asText()).isEqualTo("flex");
  }
}
