package io.github.resilientchat.samples.fivepatterns;

/** How an answer arrives. */
enum Mode {
  WHOLE,
  STREAMED
}
