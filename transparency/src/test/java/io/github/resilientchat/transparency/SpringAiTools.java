package io.github.resilientchat.transparency;

import static io.github.resilientchat.transparency.Reply.text;
import static io.github.resilientchat.transparency.Reply.tool;

import io.github.resilientchat.transparency.SpringAiLab.Settings;
import java.util.List;
import java.util.Map;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.resolution.StaticToolCallbackResolver;

/** Tools with Spring AI's models: who runs them, when, with what, and what comes of it. */
record SpringAiTools(SpringAiCases cases) {

  /** Answers with a tool call until there is a result. */
  private static Feature.Script calling(Reply call) {
    return request ->
        request.body().contains("toolResult") ? text("Paid ", "it").used(20, 5, 7, 3) : call;
  }

  private static final Reply PAY = tool("t1", "pay", "{\"amount\":", "42}").used(10, 4, 100, 50);

  void addTo(List<Feature> all) {
    rounds(all);
    reasons(all);
    failures(all);
    defaults(all);
    managers(all);
  }

  private static BedrockChatOptions.Builder offering(ToolCallback... tools) {
    return BedrockChatOptions.builder().toolCallbacks(tools);
  }

  private void rounds(List<Feature> all) {
    all.add(
        cases.with(
            "tool", Settings.NONE, calling(PAY), heard -> offering(NotingTool.pay(heard)).build()));
    all.add(
        cases.with(
            "words and a tool",
            Settings.NONE,
            calling(text("Let me ", "see.").andTool("t1", "pay", "{\"amount\":1}")),
            heard -> offering(NotingTool.pay(heard)).build()));
    all.add(
        cases.with(
            "tools at once",
            Settings.NONE,
            calling(PAY.andTool("t2", "refund", "{}")),
            heard ->
                offering(NotingTool.pay(heard), new NotingTool("refund", heard, false, null))
                    .build()));
    all.add(
        cases.with(
            "three rounds",
            Settings.NONE,
            request ->
                request.body().split("toolResult", -1).length <= 3
                    ? tool("t", "pay", "{}").used(10, 4, 5, 0)
                    : text("Paid").used(30, 6, 5, 0),
            heard -> offering(NotingTool.pay(heard)).build()));
    all.add(
        cases.with(
            "tool whose result is the answer",
            Settings.NONE,
            calling(PAY),
            heard -> offering(new NotingTool("pay", heard, true, null)).build()));
    all.add(
        cases.with(
            "tool of options of Spring AI's own",
            Settings.NONE,
            calling(PAY),
            heard ->
                ToolCallingChatOptions.builder().toolCallbacks(NotingTool.pay(heard)).build()));
    all.add(
        cases.with(
            "tool context",
            Settings.NONE,
            calling(text("See. ").andTool("t1", "pay", "{}")),
            heard -> offering(NotingTool.pay(heard)).toolContext(Map.of("user", "alice")).build()));
    all.add(
        cases.with(
            "tool that the application runs",
            Settings.NONE,
            calling(PAY),
            heard -> offering(NotingTool.pay(heard)).internalToolExecutionEnabled(false).build()));
    all.add(
        cases.of(
            "results of tools",
            any -> text("Paid"),
            new UserMessage("Pay"),
            AssistantMessage.builder()
                .content("See")
                .toolCalls(
                    List.of(
                        new AssistantMessage.ToolCall("t1", "function", "pay", "{\"amount\":1}")))
                .build(),
            ToolResponseMessage.builder()
                .responses(List.of(new ToolResponseMessage.ToolResponse("t1", "pay", "paid")))
                .build()));
  }

  private void reasons(List<Feature> all) {
    for (String reason : ServiceFeatures.STOP_REASONS) {
      all.add(
          cases.with(
              "tool of an answer that stops: " + reason,
              Settings.NONE,
              calling(text("I will").andTool("t1", "pay", "{\"amount\":1}").reason(reason)),
              heard -> offering(NotingTool.pay(heard)).build()));
    }
    all.add(
        cases.with(
            "broken arguments",
            Settings.NONE,
            calling(tool("t1", "pay", "{\"amount\":", " 4")),
            heard -> offering(NotingTool.pay(heard)).build()));
    all.add(
        cases.with(
            "arguments that were cut off",
            Settings.NONE,
            calling(tool("t1", "pay", "{\"amount\":", " 4").reason("max_tokens")),
            heard -> offering(NotingTool.pay(heard)).build()));
    all.add(
        cases.with(
            "no arguments",
            Settings.NONE,
            calling(tool("t1", "pay")),
            heard -> offering(NotingTool.pay(heard)).build()));
  }

  private void failures(List<Feature> all) {
    IllegalStateException own = new IllegalStateException("no money");
    all.add(
        cases.with(
            "tool that throws",
            Settings.NONE,
            calling(PAY),
            heard -> offering(new NotingTool("pay", heard, false, own)).build()));
    ToolExecutionException told =
        new ToolExecutionException(
            ToolDefinition.builder().name("pay").inputSchema("{}").build(), own);
    all.add(
        cases.with(
            "tool whose failure the model is told",
            Settings.NONE,
            calling(PAY),
            heard -> offering(new NotingTool("pay", heard, false, told)).build()));
    all.add(
        cases.with(
            "tool that nobody has",
            Settings.NONE,
            calling(tool("t1", "other", "{}")),
            heard -> offering(NotingTool.pay(heard)).build()));
    all.add(
        cases.with(
            "two tools of one name",
            Settings.NONE,
            calling(PAY),
            heard -> offering(NotingTool.pay(heard), NotingTool.pay(heard)).build()));
  }

  private void defaults(List<Feature> all) {
    Settings own =
        Settings.options(
            BedrockChatOptions.builder()
                .model(Way.MODEL)
                .toolCallbacks(new NotingTool("pay", new Transcript(), false, null))
                .toolContext(Map.of("own", 1))
                .build());
    all.add(cases.with("tools of the model, no options", own, calling(PAY), heard -> null));
    all.add(
        cases.with(
            "tools of the model, options without",
            own,
            any -> text("ok"),
            heard -> BedrockChatOptions.builder().temperature(0.5).build()));
    all.add(
        cases.with(
            "tools of the model, options with another",
            own,
            calling(tool("t1", "refund", "{}")),
            heard ->
                offering(new NotingTool("refund", heard, false, null))
                    .toolContext(Map.of("asked", 2))
                    .build()));
    all.add(
        cases.client(
            "tools of the model",
            own,
            calling(PAY),
            (client, heard, streaming) ->
                SpringAiClients.ask(client.prompt("Hi"), heard, streaming)));
  }

  private void managers(List<Feature> all) {
    all.add(new NamedTool("tool by name", cases, calling(PAY)).feature());
    all.add(
        cases.with(
            "predicate that says no",
            Settings.NONE.predicate((options, answer) -> false),
            calling(PAY),
            heard -> offering(NotingTool.pay(heard)).build()));
    all.add(
        cases.with(
            "failures in other words",
            Settings.NONE.manager(
                ToolCallingManager.builder()
                    .toolExecutionExceptionProcessor(failure -> "sorry: " + failure.getMessage())
                    .build()),
            calling(PAY),
            heard ->
                offering(
                        new NotingTool(
                            "pay",
                            heard,
                            false,
                            new ToolExecutionException(
                                ToolDefinition.builder().name("pay").inputSchema("{}").build(),
                                new IllegalStateException("no money"))))
                    .build()));
  }

  /** A tool that only the manager's resolver knows. */
  private record NamedTool(String name, SpringAiCases cases, Feature.Script script) {

    Feature feature() {
      ToolCallingManager manager =
          ToolCallingManager.builder()
              .toolCallbackResolver(
                  new StaticToolCallbackResolver(
                      List.of(new NotingTool("pay", new Transcript(), false, null))))
              .build();
      return cases.with(
          name,
          Settings.NONE.manager(manager),
          script,
          heard -> BedrockChatOptions.builder().toolNames("pay").build());
    }
  }
}
