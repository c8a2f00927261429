package io.github.resilientchat.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.route.Resume;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.springai.ResilientChatModel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/** A stream that broke and began anew, in a tool loop of Spring AI 2.0's client. */
class RestartWithToolsTest {

  private final Deque<Flux<ChatResponse>> answers = new ArrayDeque<>();
  private final List<Prompt> asked = new CopyOnWriteArrayList<>();
  private final CountingTool tool = new CountingTool();

  private final class Scripted implements ChatModel {
    @Override
    public ChatOptions getOptions() {
      return StrictOptions.builder().build();
    }

    @Override
    public ChatResponse call(Prompt prompt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
      asked.add(prompt);
      return answers.remove();
    }
  }

  @Test
  void oneAnswerGoesIntoTheNextRound() {
    answers.add(Flux.concat(Flux.just(part("I will ", null)), Flux.error(new IOException("cut"))));
    answers.add(Flux.just(part("I will book", null), toolCall()));
    answers.add(Flux.just(part("Booked.", "end_turn")));
    ResilientChatModel model =
        ResilientChatModel.builder()
            .target("one", new Scripted())
            .fallback("two", new Scripted())
            .policy(RoutePolicy.DEFAULTS.withResume(Resume.RESTART))
            .build();

    ChatClient.create(model).prompt("book").tools(tool).stream()
        .content()
        .collectList()
        .block(Duration.ofSeconds(60));

    assertThat(tool.runs).hasValue(1);
    Message said = asked.get(2).getInstructions().get(1);
    assertThat(said.getText()).isEqualTo("I will book");
    assertThat(((AssistantMessage) said).getToolCalls()).hasSize(1);
  }

  private static ChatResponse toolCall() {
    return response(
        AssistantMessage.builder()
            .content("")
            .toolCalls(List.of(new AssistantMessage.ToolCall("t1", "function", "book", "{}")))
            .build(),
        "tool_use");
  }

  private static ChatResponse part(String text, String reason) {
    return response(new AssistantMessage(text), reason);
  }

  private static ChatResponse response(AssistantMessage message, String reason) {
    return new ChatResponse(
        List.of(
            new Generation(
                message, ChatGenerationMetadata.builder().finishReason(reason).build())));
  }
}
