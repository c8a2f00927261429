package io.github.resilientchat.core.adapter;

/** The signal came late or a second time: there is nothing to do and nothing to deliver. */
public enum AlreadyEnded implements Step {
  INSTANCE
}
