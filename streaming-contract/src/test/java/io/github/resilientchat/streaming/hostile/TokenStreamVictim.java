package io.github.resilientchat.streaming.hostile;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import org.jspecify.annotations.Nullable;

/** An AI service that streams and has a tool. */
final class TokenStreamVictim implements Victim {

  private final Look tool;
  private final StreamingChatModel model;
  private final StreamingChatModel again;
  private final Heard heard;
  private volatile @Nullable StreamingHandle handle;

  interface Service {
    TokenStream ask(String question);
  }

  TokenStreamVictim(
      Hostility hostility, StreamingChatModel model, StreamingChatModel again, Heard heard) {
    this.tool = new Look(hostility);
    this.model = model;
    this.again = again;
    this.heard = heard;
  }

  @Override
  public void converse() {
    try {
      AiServices.builder(Service.class)
          .streamingChatModel(model)
          .tools(tool)
          .build()
          .ask(Targets.VICTIMS)
          .onPartialResponseWithContext(
              (text, context) -> {
                handle = context.streamingHandle();
                heard.text(text.text());
              })
          .onCompleteResponse(answer -> heard.complete())
          .onError(heard::fail)
          .start();
    } catch (Throwable error) {
      heard.thrown(error);
    }
  }

  @Override
  public void cancel() {
    handle.cancel();
  }

  @Override
  public String callAgain() {
    return HandlerVictim.answerOf(again);
  }
}
