package io.github.resilientchat.autoconfigure.keys;

/**
 * Says that every {@link ConfigurationCheck} was content. A bean that is made of properties asks
 * for this one, so that its own problem is never the only one reported.
 */
public final class CheckedConfiguration {

  CheckedConfiguration(Problems problems) {
    problems.tellDoubts();
    problems.report();
  }
}
