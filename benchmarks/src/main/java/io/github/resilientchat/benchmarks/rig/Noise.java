package io.github.resilientchat.benchmarks.rig;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Netty warns of every connection that a fault breaks, which here are all of them. */
public final class Noise {

  // Loggers are forgotten, and their levels with them, unless somebody holds on to them.
  private static final Logger NETTY = Logger.getLogger("io.netty");

  private Noise() {}

  public static void off() {
    NETTY.setLevel(Level.OFF);
  }
}
