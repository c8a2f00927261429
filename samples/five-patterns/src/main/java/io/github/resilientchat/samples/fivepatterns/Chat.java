package io.github.resilientchat.samples.fivepatterns;

/** Asks a model as an application of one framework does. */
interface Chat {

  Framework framework();

  /**
   * Asks and waits for the end of the answer, streamed or not.
   *
   * @return the answer's text; throws what the framework throws when there is none
   */
  String ask(Question question, Mode mode);
}
