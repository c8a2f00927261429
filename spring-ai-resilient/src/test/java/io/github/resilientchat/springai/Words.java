package io.github.resilientchat.springai;

import io.github.resilientchat.core.adapter.Exchange;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.Flux;

/** What tests read in parts, and what a client that knows how answers end says of its streams. */
final class Words {

  private Words() {}

  static String of(ChatResponse part) {
    StringBuilder text = new StringBuilder();
    Chunks.addText(part, text);
    return text.toString();
  }

  /** The stream of a client that promises a reason with every whole answer. */
  static Flux<ChatResponse> promised(Flux<ChatResponse> stream) {
    return Flux.defer(
        () -> {
          Exchange.current().ifPresent(Exchange::promiseFinish);
          return stream;
        });
  }
}
