package io.github.resilientchat.streaming;

import io.github.resilientchat.springai.BrokenStreams;
import org.reactivestreams.Subscription;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/** Spring AI's stream, on which the caller's thread waits, as a servlet's does. */
final class FluxTalk implements Talk {

  private final ChatModel model;
  private final Context context;
  private final Transcript transcript;
  private final Sinks.Empty<Void> left = Sinks.empty();
  private volatile Subscription subscription;

  FluxTalk(ChatModel model, boolean discarding, Transcript transcript) {
    this.model = model;
    this.context = discarding ? BrokenStreams.restart() : Context.empty();
    this.transcript = transcript;
  }

  @Override
  public void converse() {
    try {
      model.stream(new Prompt("hello"))
          .contextWrite(context)
          .doOnSubscribe(started -> subscription = started)
          .doOnNext(this::hear)
          .doOnComplete(transcript::complete)
          .doOnError(transcript::fail)
          .takeUntilOther(left.asMono())
          .blockLast();
    } catch (RuntimeException error) {
      // Heard as a signal already, or the wait itself was interrupted.
      transcript.comesBack(error);
    }
  }

  @Override
  public void cancel() {
    subscription.cancel();
    // Lets the caller's thread go; a cancelled stream says nothing.
    left.tryEmitEmpty();
  }

  private void hear(ChatResponse part) {
    if (BrokenStreams.isRestart(part)) {
      transcript.restart();
    }
    for (Generation generation : part.getResults()) {
      String text = generation.getOutput().getText();
      if (text != null && !text.isEmpty()) {
        transcript.text(text);
      }
      generation.getOutput().getToolCalls().forEach(call -> transcript.content(call.name()));
    }
  }
}
