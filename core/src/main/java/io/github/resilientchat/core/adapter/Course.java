package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.internal.foreign.Foreign;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The course that one streamed call takes: what it is doing, when it has to be looked at, and what
 * follows from each word that was said, as the engine's steps have it. Whom to tell, and where to
 * run, is the call's.
 */
final class Course<P> implements Inbox.Reader {

  private final StreamingCall<P> call;
  private final LiveSteps<P> live = new LiveSteps<>();
  private final Watch watch;

  Course(StreamingCall<P> call, Alarms alarms) {
    this.call = call;
    this.watch = new Watch(alarms, this::rings);
  }

  private void rings(Object alarm) {
    call.put(this, alarm);
  }

  @Override
  @SuppressWarnings("unchecked")
  public void read(Object from, Object word) {
    try {
      if (from == this) {
        alarm(word);
      } else if (from instanceof Await await) {
        answered(await);
      } else {
        ((StreamAttempt<P>) from).read(word);
      }
    } catch (Throwable fault) {
      // Nothing that was foreseen; the call must end all the same.
      Foreign.log("a streamed call", fault);
      live.attempts().forEach(StreamAttempt::cancel);
      giveUp(fault);
    }
  }

  private void answered(Await await) {
    if (live.ends(await)) {
      watch.clear();
      follow(await.resume());
    }
  }

  private void alarm(Object alarm) {
    if (!watch.isDue(alarm)) {
      return;
    }
    Await await = live.endAwait();
    if (await != null) {
      follow(await.resume());
      return;
    }
    Pause pause = live.endPause();
    if (pause != null) {
      follow(pause.resume());
      return;
    }
    live.attempts().forEach(StreamAttempt::look);
    watchOver();
  }

  /** Sets the alarm for whatever attempt has to be looked at first. */
  void watchOver() {
    live.attempts().stream()
        .map(StreamAttempt::untilLook)
        .min(Duration::compareTo)
        .ifPresent(watch::set);
  }

  /** Does what the step says, on a thread of the call's. */
  void follow(Step step) {
    if (step instanceof Attempt attempt) {
      entered(attempt).ifPresent(call::start);
    } else if (step instanceof Pause pause) {
      if (live.enter(pause)) {
        watch.set(pause.delay());
      } else {
        pause.cancelled();
      }
    } else if (step instanceof Await await) {
      waitFor(await);
    } else if (step instanceof GiveUp giveUp) {
      giveUp(giveUp.reason());
    }
  }

  private void waitFor(Await await) {
    if (live.enter(await)) {
      watch.set(await.patience());
      await.onAnswer(() -> call.put(await, Inbox.Word.ANSWER));
    } else {
      await.cancelled();
    }
  }

  /** The attempt, on its way; empty when the call needs it no more. */
  Optional<StreamAttempt<P>> entered(Attempt attempt) {
    StreamAttempt<P> stream = new StreamAttempt<>(call, this, attempt);
    if (!live.enter(stream)) {
      stream.cancel();
      return Optional.empty();
    }
    watchOver();
    return Optional.of(stream);
  }

  private void giveUp(Throwable reason) {
    live.clear().forEach(StreamAttempt::stop);
    watch.clear();
    call.giveUp(reason);
  }

  /** This attempt has won: the engine has ended the others. */
  void won(StreamAttempt<P> winner) {
    live.allBut(winner).forEach(StreamAttempt::stop);
    watchOver();
  }

  /** An attempt is out. */
  void over(StreamAttempt<P> stream) {
    live.leave(stream);
    watch.clear();
    watchOver();
  }

  /** The caller leaves, in whatever phase and for good. */
  void leave() {
    List<StreamAttempt<P>> running = live.leave();
    watch.stop();
    running.forEach(StreamAttempt::stop);
    running.forEach(StreamAttempt::cancel);
    Pause pause = live.endPause();
    if (pause != null) {
      pause.cancelled();
    }
    Await await = live.endAwait();
    if (await != null) {
      await.cancelled();
    }
  }

  boolean isLeft() {
    return live.isLeft();
  }
}
