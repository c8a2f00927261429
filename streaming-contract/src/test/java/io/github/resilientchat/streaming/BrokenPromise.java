package io.github.resilientchat.streaming;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** What the contract promises however slow the machine is has not been kept. */
final class BrokenPromise extends AssertionError {

  private static final long serialVersionUID = 1L;

  /** Looks whether a promise is kept, or waits until it is. */
  interface Look {
    void at() throws Exception;
  }

  private BrokenPromise(Throwable why) {
    super(why.getMessage(), why);
  }

  static void unless(Look kept) throws Exception {
    try {
      kept.at();
    } catch (AssertionError | CompletionException | TimeoutException broken) {
      throw new BrokenPromise(broken);
    }
  }
}
