package io.github.resilientchat.streaming.hostile;

import static io.github.resilientchat.streaming.hostile.Point.OBSERVATION_ERROR;
import static io.github.resilientchat.streaming.hostile.Point.OBSERVATION_SCOPE;
import static io.github.resilientchat.streaming.hostile.Point.OBSERVATION_START;
import static io.github.resilientchat.streaming.hostile.Point.OBSERVATION_STOP;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

/** Hears the observations of calls, and counts those that are open. */
final class Observed implements ObservationHandler<Observation.Context> {

  private static final int LOOKS = 50;
  private static final long LOOK_MILLIS = 100;

  private final Hostility hostility;
  private int open;

  Observed(Hostility hostility) {
    this.hostility = hostility;
  }

  /** Reactor ends one after it has told the subscriber. */
  synchronized boolean awaitEnds() throws InterruptedException {
    for (int look = 0; open > 0 && look < LOOKS; look++) {
      wait(LOOK_MILLIS);
    }
    return open == 0;
  }

  private synchronized void opened(int more) {
    open += more;
    notifyAll();
  }

  @Override
  public boolean supportsContext(Observation.Context context) {
    return true;
  }

  @Override
  public void onStart(Observation.Context context) {
    opened(1);
    hostility.at(OBSERVATION_START, () -> {});
  }

  @Override
  public void onScopeOpened(Observation.Context context) {
    hostility.at(OBSERVATION_SCOPE, () -> {});
  }

  @Override
  public void onError(Observation.Context context) {
    hostility.at(OBSERVATION_ERROR, () -> {});
  }

  @Override
  public void onStop(Observation.Context context) {
    opened(-1);
    hostility.at(OBSERVATION_STOP, () -> {});
  }
}
