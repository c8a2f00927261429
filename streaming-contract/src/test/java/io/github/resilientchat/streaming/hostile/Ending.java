package io.github.resilientchat.streaming.hostile;

/** How a call that an extension is hostile to ends, for its caller. */
enum Ending {
  /** As if nothing had happened. */
  ANSWERED("answered"),
  /** With the extension's own error. */
  OWN("its error"),
  /** With an error that is not the extension's. */
  FAILED("an error"),
  /** A stream that was cancelled: nothing more is said. */
  SILENT("silent"),
  /** A blocking call that was interrupted: with an error, and with the flag set. */
  LEFT("left");

  final String label;

  Ending(String label) {
    this.label = label;
  }
}
