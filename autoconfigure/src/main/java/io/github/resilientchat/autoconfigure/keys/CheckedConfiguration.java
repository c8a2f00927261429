package io.github.resilientchat.autoconfigure.keys;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that every {@link ConfigurationCheck} was content. A bean that is made of properties asks
 * for this one, so that its own problem is never the only one reported.
 */
public final class CheckedConfiguration {

  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.resilientchat.configuration");

  CheckedConfiguration(Problems problems) {
    for (Problem doubt : problems.doubts()) {
      LOG.warn("{} {}; {}", doubt.setting(), doubt.problem(), doubt.fix());
    }
    problems.report();
  }
}
