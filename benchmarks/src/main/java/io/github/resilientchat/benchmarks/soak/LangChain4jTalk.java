package io.github.resilientchat.benchmarks.soak;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.List;

/** As an AI service: it runs the tools where it is told of the whole answer, then asks again. */
record LangChain4jTalk(StreamingChatModel model) implements Talk {

  private static final ToolSpecification TOOL =
      ToolSpecification.builder().name(Tool.NAME).description("looks something up").build();

  @Override
  public void begin(boolean withTool, Caller caller) {
    ask(List.of(UserMessage.from("hello")), withTool, caller);
  }

  private void ask(List<ChatMessage> messages, boolean withTool, Caller caller) {
    ChatRequest.Builder request = ChatRequest.builder().messages(messages);
    model.chat(
        (withTool ? request.toolSpecifications(TOOL) : request).build(),
        new Handler(this, messages, caller));
  }

  private void askWithResults(List<ChatMessage> before, AiMessage answer, Caller caller) {
    List<ChatMessage> messages = new ArrayList<>(before);
    messages.add(answer);
    answer
        .toolExecutionRequests()
        .forEach(asked -> messages.add(ToolExecutionResultMessage.from(asked, Tool.run())));
    ask(messages, true, caller);
  }

  private record Handler(LangChain4jTalk talk, List<ChatMessage> messages, Caller caller)
      implements StreamingChatResponseHandler {

    @Override
    public void onPartialResponse(String text) {
      caller.hear();
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      if (response.aiMessage().hasToolExecutionRequests()) {
        talk.askWithResults(messages, response.aiMessage(), caller);
      } else {
        caller.complete();
      }
    }

    @Override
    public void onError(Throwable error) {
      caller.fail(error);
    }
  }
}
