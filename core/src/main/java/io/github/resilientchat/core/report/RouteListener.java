package io.github.resilientchat.core.report;

/**
 * Is told about every attempt and every call of an engine. Called on the thread that ended them, so
 * it must be quick; what it throws is logged and dropped.
 */
public interface RouteListener {

  /** An attempt ended, with or without an answer. */
  default void onAttempt(String route, AttemptReport attempt) {}

  /** A call ended; called once for each call, refused ones too. */
  default void onCall(CallReport report) {}
}
