package io.github.resilientchat.streaming;

import java.util.function.Supplier;

/** A call that waits for its answer. */
record BlockingTalk(Supplier<String> call, Transcript transcript) implements Talk {

  @Override
  public void converse() {
    try {
      transcript.text(call.get());
      transcript.complete();
    } catch (RuntimeException error) {
      transcript.fail(error);
    }
  }
}
