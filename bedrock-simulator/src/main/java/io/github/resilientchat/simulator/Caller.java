package io.github.resilientchat.simulator;

/** Who calls and from which source Region, as the Authorization header says. */
record Caller(String account, String region) {

  /** Stands in the log for a call whose credentials named no account. */
  static final Caller UNKNOWN = new Caller("unknown", "unknown");
}
