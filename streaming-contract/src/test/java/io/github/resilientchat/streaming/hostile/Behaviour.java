package io.github.resilientchat.streaming.hostile;

/** What an extension does instead of what it is asked for, or before it does that. */
enum Behaviour {
  THROWS("throws"),
  THROWS_AN_ERROR("throws an Error"),
  THROWS_SNEAKILY("throws a checked exception"),
  RETURNS_NULL("returns null"),
  /** Once: until the cell lets it go, and never longer than {@link Hostility#BLOCKED}. */
  BLOCKS("blocks"),
  /** Once: the call's handle or subscription; a blocking call is interrupted. */
  CANCELS("cancels the call"),
  /** Once: waits for another answer of the same model. */
  CALLS_AGAIN("calls the model again");

  final String label;

  Behaviour(String label) {
    this.label = label;
  }

  boolean throwing() {
    return this == THROWS || this == THROWS_AN_ERROR || this == THROWS_SNEAKILY;
  }

  /** Whether the extension does the same each time that it is asked. */
  boolean always() {
    return throwing() || this == RETURNS_NULL;
  }
}
