package io.github.resilientchat.autoconfigure.engine;

import io.github.resilientchat.core.adapter.Alarms;
import io.github.resilientchat.core.adapter.RunningStreams;
import io.github.resilientchat.core.adapter.StreamThreads;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Lets streams that run when the application stops end within Spring Boot's time, beside its web
 * server's graceful shutdown. Those that take longer are cancelled a little before that time is up,
 * so that their clients hear an end and no broken connection.
 */
final class StreamsUntilTheEnd implements SmartLifecycle {

  /** That of Spring Boot's graceful shutdown of web servers, of 3.5 as of 4.1. */
  static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

  private static final Logger LOG = LoggerFactory.getLogger(StreamsUntilTheEnd.class);
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);

  private final RunningStreams streams;
  private final StreamThreads threads = StreamThreads.shared();
  private final Duration time;
  private volatile boolean running;

  /**
   * @param time that streams have; zero for none
   */
  StreamsUntilTheEnd(RunningStreams streams, Duration time) {
    this.streams = streams;
    this.time = time;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop(Runnable callback) {
    running = false;
    int left = streams.count();
    if (left == 0) {
      callback.run();
      return;
    }
    LOG.info("{} streams still run; waiting for them up to {}", left, time);
    Alarms.Alarm alarm =
        threads.alarms().after(untilFarewell(), () -> threads.executor().execute(this::farewell));
    streams.whenNone(
        () -> {
          alarm.cancel();
          callback.run();
        });
  }

  /** What is left of the time is for the clients, to be told. */
  private Duration untilFarewell() {
    Duration quarter = time.dividedBy(4);
    return time.minus(quarter.compareTo(LONGEST_FAREWELL) < 0 ? quarter : LONGEST_FAREWELL);
  }

  private void farewell() {
    LOG.info("{} streams take longer than the application has, and are cancelled", streams.count());
    streams.stop();
  }

  @Override
  public void stop() {
    streams.stop();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
