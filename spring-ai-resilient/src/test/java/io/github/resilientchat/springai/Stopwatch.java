package io.github.resilientchat.springai;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.RouteListener;

/**
 * Time that passes from when a test says so until an attempt has ended, and stands before and
 * after: the time limits of a route then hold for whoever says nothing, and for nobody else.
 */
final class Stopwatch implements Ticker {

  private enum State {
    NOT_STARTED,
    RUNNING,
    STOPPED
  }

  private State state = State.NOT_STARTED;
  private long since;
  private long told;

  /** An engine on this clock. */
  Engine engine() {
    return Engine.builder()
        .ticker(this)
        .listener(
            new RouteListener() {
              @Override
              public void onAttempt(String route, AttemptReport attempt) {
                stop();
              }
            })
        .build();
  }

  /** Once; later words do nothing. */
  synchronized void start() {
    if (state == State.NOT_STARTED) {
      state = State.RUNNING;
      since = Ticker.system().nanos();
    }
  }

  /** At the time that was told last: for the attempt that comes next none has passed. */
  private synchronized void stop() {
    state = State.STOPPED;
  }

  @Override
  public synchronized long nanos() {
    if (state == State.RUNNING) {
      told = Ticker.system().nanos() - since;
    }
    return told;
  }
}
