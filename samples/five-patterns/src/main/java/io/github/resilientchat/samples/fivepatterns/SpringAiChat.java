package io.github.resilientchat.samples.fivepatterns;

import java.util.Objects;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.stereotype.Component;

/** Asks through the application's {@code ChatClient}. */
@Component
class SpringAiChat implements Chat {

  private final ChatClient client;

  SpringAiChat(ChatClient.Builder builder) {
    client = builder.build();
  }

  @Override
  public Framework framework() {
    return Framework.SPRING_AI;
  }

  @Override
  public String ask(Question question, Mode mode) {
    ChatClient.ChatClientRequestSpec request =
        client
            .prompt(question.text())
            .options(ChatOptions.builder().model(question.route()).build());
    if (mode == Mode.STREAMED) {
      return String.join("", request.stream().content().collectList().block());
    }
    return Objects.requireNonNull(request.call().content(), "an answer has text");
  }
}
