package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.internal.foreign.Foreign;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A question that a stage answers.
 *
 * @param <T> what the stage brings
 */
final class StageQuestion<T> implements Question {

  private final Function<T, Admission> then;
  private final Function<Throwable, Admission> otherwise;
  private final Consumer<T> undo;
  private @Nullable T said;
  private @Nullable Throwable fault;
  private @Nullable Runnable action;
  private boolean over;

  /**
   * @param then what the answer means; asked once, on the thread that asks for it
   * @param otherwise what it means that there is none
   * @param undo gives back what was answered and not heard; on any thread, and must tell nobody
   */
  StageQuestion(
      CompletionStage<T> stage,
      Function<T, Admission> then,
      Function<Throwable, Admission> otherwise,
      Consumer<T> undo) {
    this.then = then;
    this.otherwise = otherwise;
    this.undo = undo;
    stage.whenComplete(this::answered);
  }

  private void answered(@Nullable T answer, @Nullable Throwable thrown) {
    boolean late;
    @Nullable Runnable next;
    synchronized (this) {
      late = over;
      said = answer;
      fault = answer == null ? reason(thrown) : null;
      next = action;
      action = null;
    }
    if (late && answer != null) {
      Foreign.run("the quotas' store", () -> undo.accept(answer));
    } else if (next != null) {
      next.run();
    }
  }

  private static Throwable reason(@Nullable Throwable thrown) {
    if (thrown == null) {
      return new NullPointerException("no answer");
    }
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
    return cause == null ? thrown : cause;
  }

  @Override
  public void onAnswer(Runnable next) {
    synchronized (this) {
      if (said == null && fault == null) {
        action = next;
        return;
      }
    }
    next.run();
  }

  @Override
  public @Nullable Admission answer() {
    @Nullable T known;
    @Nullable Throwable why;
    synchronized (this) {
      if (over || said == null && fault == null) {
        return null;
      }
      over = true;
      known = said;
      why = fault;
    }
    if (known != null) {
      return then.apply(known);
    }
    return why == null ? null : otherwise.apply(why);
  }

  @Override
  public void leave() {
    @Nullable T known;
    synchronized (this) {
      known = over ? null : said;
      over = true;
      action = null;
    }
    if (known != null) {
      T unheard = known;
      Foreign.run("the quotas' store", () -> undo.accept(unheard));
    }
  }

  static Admission sneak(Throwable fault) {
    throw Foreign.sneaky(fault);
  }

  static void giveBack(Admission said) {
    if (said instanceof Admission.Granted granted) {
      granted.reservation().giveBack();
    } else if (said instanceof Admission.Later later) {
      later.turn().leave();
    }
  }
}
