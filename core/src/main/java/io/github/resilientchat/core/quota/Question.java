package io.github.resilientchat.core.quota;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody elsewhere decides, such as a store that instances share, and that nobody
 * waits for on a thread. Ended once, by its answer or by leaving. Thread-safe.
 */
public interface Question {

  /**
   * Runs the action once, when there is an answer, or at once if there is one already. Said once.
   *
   * @param action runs on whatever thread brings the answer: short, and nobody's callback
   */
  void onAnswer(Runnable action);

  /** The answer, worked out on the asking thread; null as long as there is none. */
  @Nullable Admission answer();

  /** Nobody waits for it any more: what is granted all the same is given back. */
  void leave();

  /** A question that this stage answers; what makes it fail is thrown at who asks. */
  static Question of(CompletionStage<Admission> stage) {
    return new StageQuestion<>(
        stage, answer -> answer, StageQuestion::sneak, StageQuestion::giveBack);
  }
}
