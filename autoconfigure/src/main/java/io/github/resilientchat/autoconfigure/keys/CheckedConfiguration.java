package io.github.resilientchat.autoconfigure.keys;

import java.util.stream.Stream;

/**
 * Says that every {@link ConfigurationCheck} was content. A bean that is made of properties asks
 * for this one, so that its own problem is never the only one reported.
 */
public final class CheckedConfiguration {

  CheckedConfiguration(Stream<ConfigurationCheck> checks) {
    Problems problems = new Problems();
    checks.forEach(check -> check.check(problems));
    problems.report();
  }
}
