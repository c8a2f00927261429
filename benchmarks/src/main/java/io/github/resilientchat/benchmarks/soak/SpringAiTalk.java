package io.github.resilientchat.benchmarks.soak;

import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import reactor.core.scheduler.Schedulers;

/** The model runs the tools in its own loop. */
record SpringAiTalk(ChatModel model) implements Talk {

  private static final Prompt HELLO = new Prompt("hello");
  private static final Prompt HELLO_WITH_TOOL =
      new Prompt("hello", BedrockChatOptions.builder().toolCallbacks(new Slow()).build());

  @Override
  public void begin(boolean withTool, Caller caller) {
    model.stream(withTool ? HELLO_WITH_TOOL : HELLO)
        .mapNotNull(part -> part.getResult())
        .mapNotNull(result -> result.getOutput().getText())
        .filter(text -> !text.isEmpty())
        // Where ChatClient's advisors put a stream.
        .subscribeOn(Schedulers.boundedElastic())
        .subscribe(text -> caller.hear(), caller::fail, caller::complete);
  }

  private static final class Slow implements ToolCallback {

    @Override
    public ToolDefinition getToolDefinition() {
      return ToolDefinition.builder()
          .name(Tool.NAME)
          .description("looks something up")
          .inputSchema("{\"type\":\"object\",\"properties\":{}}")
          .build();
    }

    @Override
    public String call(String input) {
      return Tool.run();
    }
  }
}
