package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.app.Assistant;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What is set for a target reaches Bedrock through both frameworks. */
class RequestShapesTest {

  private static final String[] FLEX = {
    "resilient.defaults.region=us-east-1",
    "resilient.targets.flex.model=us.amazon.nova-pro-v1:0",
    "resilient.targets.flex.service-tier=flex",
    "resilient.targets.flex.latency=optimized",
    "resilient.targets.flex.guardrail.id=gr-1",
    "resilient.targets.flex.guardrail.version=2",
    "resilient.targets.flex.request-metadata.team=search",
    "resilient.routes.chat.targets=flex"
  };

  @Test
  void bothFrameworksSendWhatTheTargetSays() {
    new ApplicationContextRunner()
        .withUserConfiguration(BothFrameworksApplication.class)
        .withPropertyValues("spring.main.cloud-platform=none", "resilient.backend=simulator")
        .withPropertyValues(FLEX)
        .run(
            context -> {
              List<JsonNode> sent = new CopyOnWriteArrayList<>();
              context
                  .getBean(BedrockSimulator.class)
                  .answer(
                      call -> {
                        sent.add(call.request());
                        return Answer.text("Hi");
                      });
              context.getBean(Assistant.class).chat("hello");
              ChatClient client = context.getBean(ChatClient.Builder.class).build();
              client.prompt("hello").call().content();
              client.prompt("hello").stream().content().collectList().block();

              assertThat(sent)
                  .hasSize(3)
                  .allSatisfy(
                      request -> {
                        assertThat(request.at("/serviceTier/type").asText()).isEqualTo("flex");
                        assertThat(request.at("/performanceConfig/latency").asText())
                            .isEqualTo("optimized");
                        assertThat(request.at("/guardrailConfig/guardrailVersion").asText())
                            .isEqualTo("2");
                        assertThat(request.at("/requestMetadata/team").asText())
                            .isEqualTo("search");
                      });
            });
  }

  @Test
  void beginningOfAConversationIsTheSameToTheByteInEachTurn() {
    new ApplicationContextRunner()
        .withUserConfiguration(BothFrameworksApplication.class)
        .withPropertyValues("spring.main.cloud-platform=none", "resilient.backend=simulator")
        .withPropertyValues(FLEX)
        .run(
            context -> {
              List<JsonNode> sent = new CopyOnWriteArrayList<>();
              context
                  .getBean(BedrockSimulator.class)
                  .answer(
                      call -> {
                        sent.add(call.request());
                        return Answer.text("Hi");
                      });
              ChatModel model = context.getBean(ChatModel.class);
              List<ToolSpecification> tools =
                  List.of(tool("zeta", "b", "a"), tool("alpha", "y", "x", "c"));
              List<ChatMessage> first =
                  List.of(SystemMessage.from("Rules"), UserMessage.from("One"));
              List<ChatMessage> second =
                  List.of(
                      SystemMessage.from("Rules"),
                      UserMessage.from("One"),
                      AiMessage.from("Hi"),
                      UserMessage.from("Two"));
              for (List<ChatMessage> messages : List.of(first, second)) {
                model.chat(
                    ChatRequest.builder().messages(messages).toolSpecifications(tools).build());
              }
              ChatClient client = context.getBean(ChatClient.Builder.class).build();
              client.prompt().system("Rules").user("One").call().content();
              client
                  .prompt()
                  .system("Rules")
                  .messages(new org.springframework.ai.chat.messages.UserMessage("One"))
                  .user("Two")
                  .call()
                  .content();

              assertThat(sent).hasSize(4);
              for (int turn = 0; turn < 4; turn += 2) {
                JsonNode before = sent.get(turn);
                JsonNode after = sent.get(turn + 1);
                for (String part : List.of("/system", "/toolConfig", "/messages/0")) {
                  assertThat(after.at(part)).as(part).hasToString(before.at(part).toString());
                }
              }
              assertThat(sent.get(0).at("/toolConfig/tools/0/toolSpec/name").asText())
                  .isEqualTo("zeta");
            });
  }

  private static ToolSpecification tool(String name, String... fields) {
    JsonObjectSchema.Builder schema = JsonObjectSchema.builder();
    for (String field : fields) {
      schema.addStringProperty(field);
    }
    return ToolSpecification.builder().name(name).parameters(schema.build()).build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service-tier=cheap | write one of priority, default, flex, reserved",
        "latency=low | write one of standard, optimized",
        "guardrail.id=gr-1 | resilient.targets.t.guardrail.version",
        "guardrail.version=1 | resilient.targets.t.guardrail.id",
        "service-tier=flex | the target's model has no service tiers",
        "latency=optimized | the target's model has no optimized latency"
      })
  void whatCannotBeIsRefused(String setting, String words) {
    assertThat(
            Startup.refusal(
                Startup.runner()
                    .withPropertyValues(
                        "resilient.backend=aws",
                        "resilient.defaults.region=us-east-1",
                        "resilient.targets.t.model=us.anthropic.claude-sonnet-4-6",
                        "resilient.targets.t." + setting,
                        "resilient.routes.chat.targets=t")))
        .contains("resilient.targets.t." + setting.split("=")[0].split("[.]")[0])
        .contains(words);
  }
}
