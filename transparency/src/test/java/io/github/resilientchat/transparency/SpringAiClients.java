package io.github.resilientchat.transparency;

import static io.github.resilientchat.transparency.Reply.text;
import static io.github.resilientchat.transparency.Reply.tool;

import io.github.resilientchat.transparency.SpringAiLab.Settings;
import java.util.List;
import java.util.Map;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.SafeGuardAdvisor;
import org.springframework.ai.chat.client.advisor.SimpleLoggerAdvisor;
import org.springframework.ai.chat.client.advisor.ToolCallAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;

/** What applications do with a {@code ChatClient}. */
record SpringAiClients(SpringAiCases cases) {

  record City(String name, int people) {}

  static void ask(ChatClient.ChatClientRequestSpec request, Transcript heard, boolean streaming)
      throws InterruptedException {
    if (streaming) {
      SpringAiCases.await(
          request.stream().chatResponse(), part -> SpringAiCases.note(part, heard), heard);
    } else {
      SpringAiCases.note(request.call().chatResponse(), heard);
    }
  }

  private static Feature.Script paying() {
    return request ->
        request.body().contains("toolResult")
            ? text("Paid ", "it").used(20, 5, 7, 3)
            : text("See. ").andTool("t1", "pay", "{\"amount\":42}").used(10, 4, 0, 0);
  }

  void addTo(List<Feature> all) {
    all.add(
        cases.client(
            "words with parameters",
            Settings.NONE,
            any -> text("Hello ", "you"),
            (client, heard, streaming) ->
                ask(
                    client
                        .prompt()
                        .system(system -> system.text("Be {mood}").param("mood", "brief"))
                        .user(user -> user.text("Hi {who}").param("who", "you")),
                    heard,
                    streaming)));
    all.add(
        cases.client(
            "options",
            Settings.NONE,
            any -> text("ok"),
            (client, heard, streaming) ->
                ask(
                    client
                        .prompt("Hi")
                        .options(
                            BedrockChatOptions.builder().temperature(0.2).maxTokens(9).build()),
                    heard,
                    streaming)));
    all.add(entity());
    all.add(
        cases.client(
            "tools and their context",
            Settings.NONE,
            paying(),
            (client, heard, streaming) ->
                ask(
                    client
                        .prompt("Pay")
                        .toolCallbacks(NotingTool.pay(heard))
                        .toolContext(Map.of("user", "alice")),
                    heard,
                    streaming)));
    all.add(
        cases.client(
            "tools of Spring AI's advisor",
            Settings.NONE,
            paying(),
            (client, heard, streaming) ->
                ask(
                    client
                        .prompt("Pay")
                        .toolCallbacks(NotingTool.pay(heard))
                        .advisors(ToolCallAdvisor.builder().build()),
                    heard,
                    streaming)));
    all.add(memory());
    all.add(
        cases.client(
            "other advisors",
            Settings.NONE,
            any -> text("ok"),
            (client, heard, streaming) -> {
              ask(
                  client
                      .prompt("Hi")
                      .advisors(
                          new SimpleLoggerAdvisor(), new SafeGuardAdvisor(List.of("forbidden"))),
                  heard,
                  streaming);
              ask(
                  client
                      .prompt("Say the forbidden")
                      .advisors(new SafeGuardAdvisor(List.of("forbidden"))),
                  heard,
                  streaming);
            }));
    all.add(
        cases.client(
            "an error",
            Settings.NONE,
            any -> Reply.error(400, "ValidationException", "no"),
            (client, heard, streaming) -> ask(client.prompt("Hi"), heard, streaming)));
    all.add(
        cases.client(
            "a tool that nobody has",
            Settings.NONE,
            any -> tool("t1", "other", "{}"),
            (client, heard, streaming) -> ask(client.prompt("Hi"), heard, streaming)));
  }

  private Feature entity() {
    return cases.client(
        "entity",
        Settings.NONE,
        any -> text("{\"name\":", "\"Rome\",\"people\":3}"),
        (client, heard, streaming) -> {
          if (streaming) {
            SpringAiCases.await(
                client.prompt("A city?").stream().content(),
                part -> heard.add("answer content", part),
                heard);
          } else {
            heard.add("answer entity", client.prompt("A city?").call().entity(City.class));
          }
        });
  }

  private Feature memory() {
    return cases.client(
        "memory",
        Settings.NONE,
        request -> text("Answer ", request.body().contains("Again") ? "two" : "one"),
        (client, heard, streaming) -> {
          ChatMemory memory = MessageWindowChatMemory.builder().build();
          for (String words : List.of("Hi", "Again")) {
            ask(
                client
                    .prompt(words)
                    .advisors(MessageChatMemoryAdvisor.builder(memory).build())
                    .advisors(advisor -> advisor.param(ChatMemory.CONVERSATION_ID, "c1")),
                heard,
                streaming);
          }
          memory
              .get("c1")
              .forEach(
                  message ->
                      heard.add(
                          "memory " + message.getMessageType(),
                          message.getText()
                              + " "
                              + message.getMetadata()
                              + (message instanceof AssistantMessage answer
                                  ? answer.getToolCalls()
                                  : "")));
        });
  }
}
