package io.github.resilientchat.streaming.hostile;

import io.github.resilientchat.streaming.Shape;

/** One framework's models of a world. */
interface Side {

  Victim victim(Shape shape, Heard heard);

  /** A plain call on the usual route for somebody else: its text. */
  String bystander();

  /** Whether all observations come to their end. */
  default boolean observed() throws InterruptedException {
    return true;
  }
}
