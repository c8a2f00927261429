package io.github.resilientchat.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the log is told of the store, and on which thread. */
final class LogLines extends Handler implements AutoCloseable {

  private static final String ABOUT = "the store of quotas";

  private final Logger logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> threads = new CopyOnWriteArrayList<>();

  private LogLines(Logger logger) {
    this.logger = logger;
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  /** Of the quotas. */
  static LogLines ofQuotas() {
    return new LogLines(Logger.getLogger("io.github.resilientchat.core.quota.PlanQuotas"));
  }

  @Override
  public void publish(LogRecord record) {
    String said = new SimpleFormatter().formatMessage(record);
    if (said.startsWith(ABOUT)) {
      threads.add(Thread.currentThread().getName());
      lines.add(record.getLevel() + " " + said);
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  List<String> threads() {
    return List.copyOf(threads);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
