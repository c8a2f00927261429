package io.github.resilientchat.samples.fivepatterns;

import java.util.List;

/** One of the article's demos. */
interface Demo {

  /** {@code D1} to {@code D5}. */
  String id();

  String title();

  /** What AWS's own run of the demo printed. */
  String published();

  /** Plays the demo, prints its table and says what is wrong with it; nothing when it held. */
  List<String> play(Stage stage);
}
