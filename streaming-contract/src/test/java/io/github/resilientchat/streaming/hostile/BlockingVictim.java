package io.github.resilientchat.streaming.hostile;

import java.util.function.Supplier;

/**
 * A call that waits for its answer, and is left by interrupting it.
 *
 * @param call makes it
 * @param again makes another one for somebody else
 */
record BlockingVictim(Supplier<String> call, Supplier<String> again, Heard heard)
    implements Victim {

  @Override
  public void converse() {
    try {
      heard.text(call.get());
      heard.flag(Thread.currentThread().isInterrupted());
      heard.complete();
    } catch (Throwable error) {
      heard.flag(Thread.currentThread().isInterrupted());
      heard.fail(error);
    }
  }

  @Override
  public void cancel() {
    Thread.currentThread().interrupt();
  }

  @Override
  public String callAgain() {
    return again.get();
  }
}
