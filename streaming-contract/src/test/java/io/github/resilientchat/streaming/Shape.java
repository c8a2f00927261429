package io.github.resilientchat.streaming;

/** The ways to make a call: what drives it. */
enum Shape {
  CHAT("LC4j chat", false),
  CALL("Spring call", false),
  HANDLER("LC4j handler", true),
  FLUX("Spring Flux", true);

  final String label;
  final boolean streams;

  Shape(String label, boolean streams) {
    this.label = label;
    this.streams = streams;
  }

  Talk talk(Trial trial, Transcript transcript) {
    return switch (this) {
      case CHAT -> new BlockingTalk(trial.langChain4jChat(), transcript);
      case CALL -> new BlockingTalk(trial.springAiCall(), transcript);
      case HANDLER -> new HandlerTalk(trial.langChain4jStream(), transcript);
      case FLUX -> new FluxTalk(trial.springAi(), transcript);
    };
  }
}
