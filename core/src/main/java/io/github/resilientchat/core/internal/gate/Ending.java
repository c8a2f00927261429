package io.github.resilientchat.core.internal.gate;

/** How an attempt ended. */
public enum Ending {
  SUCCEEDED,
  FAILED,
  CANCELLED,
  /** It never began: another gate refused, or the call was over. */
  NOT_USED
}
