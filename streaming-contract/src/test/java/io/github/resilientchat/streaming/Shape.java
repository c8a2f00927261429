package io.github.resilientchat.streaming;

import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.ai.chat.model.ChatModel;

/** The ways to make a call: what drives it. */
public enum Shape {
  CHAT("LC4j chat", false),
  CALL("Spring call", false),
  HANDLER("LC4j handler", true),
  FLUX("Spring Flux", true);

  public final String label;
  public final boolean streams;

  Shape(String label, boolean streams) {
    this.label = label;
    this.streams = streams;
  }

  /** Calls on one and the same model, each with a transcript of its own. */
  Function<Transcript, Talk> talks(Trial trial, boolean discarding) {
    switch (this) {
      case CHAT -> {
        Supplier<String> call = trial.langChain4jChat();
        return heard -> new BlockingTalk(call, heard);
      }
      case CALL -> {
        Supplier<String> call = trial.springAiCall();
        return heard -> new BlockingTalk(call, heard);
      }
      case HANDLER -> {
        StreamingChatModel model = trial.langChain4jStream();
        return discarding
            ? heard -> new HandlerTalk.Discarding(model, heard)
            : heard -> new HandlerTalk(model, heard);
      }
      default -> {
        ChatModel model = trial.springAi();
        return heard -> new FluxTalk(model, discarding, heard);
      }
    }
  }
}
