package io.github.resilientchat.streaming.hostile;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.github.resilientchat.streaming.Lab;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;

/** The first call of a JVM takes seconds, which no cell may count. */
final class WarmUp {

  private WarmUp() {}

  static void all(Lab lab) {
    lab.bedrock.answer(Targets::answer);
    Targets.ALL.forEach(account -> warmUp(lab, account));
  }

  private static void warmUp(Lab lab, String account) {
    lab.chat(account).chat("hello");
    StreamingChatModel stream = lab.stream(account);
    HandlerVictim.answerOf(stream);
    ChatModel springAi = lab.springAi(account);
    springAi.call(new Prompt("hello"));
    springAi.stream(new Prompt("hello")).blockLast(Lab.AT_MOST);
  }
}
