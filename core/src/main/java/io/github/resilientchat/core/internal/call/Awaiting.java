package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.adapter.Await;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Question;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call's question to the quotas of its caller, while that is answered elsewhere.
 *
 * @param turn the caller's place in line, if she asks again
 */
record Awaiting(
    RoutedCall call, Question question, Admission.@Nullable Turn turn, Duration patience)
    implements Await, Verdict {

  @Override
  public void onAnswer(Runnable action) {
    question.onAnswer(action);
  }

  @Override
  public Step resume() {
    return call.resumed(this);
  }

  @Override
  public void cancelled() {
    call.cancelled(this);
  }

  /** Each question is one of its own. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
