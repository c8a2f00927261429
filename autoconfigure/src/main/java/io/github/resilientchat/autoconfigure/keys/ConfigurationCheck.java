package io.github.resilientchat.autoconfigure.keys;

/**
 * What a feature finds wrong with its properties. Beans of this type are asked once, before any of
 * the features is set up, so that one start-up reports the problems of all.
 */
@FunctionalInterface
public interface ConfigurationCheck {

  /** Adds what is wrong; throws nothing. */
  void check(Problems problems);
}
