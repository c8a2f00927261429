package io.github.resilientchat.streaming.hostile;

/** The call that an extension is hostile to. */
interface Victim {

  /** Makes the call, on the caller's thread; returns when that has nothing more to do. */
  void converse();

  /** From inside an extension. */
  void cancel();

  /** Another call of the same model, for somebody else, from inside an extension. */
  String callAgain();
}
