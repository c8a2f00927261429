package io.github.resilientchat.benchmarks.rig;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Netty warns of every connection that a fault breaks, which here are all of them, and Vert.x of a
 * process that stood still.
 */
public final class Noise {

  // Loggers are forgotten, and their levels with them, unless somebody holds on to them.
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger("io.netty"), Logger.getLogger("io.vertx"));

  private Noise() {}

  public static void off() {
    LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
  }
}
