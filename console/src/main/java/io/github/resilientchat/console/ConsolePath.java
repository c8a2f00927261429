package io.github.resilientchat.console;

import org.springframework.core.env.Environment;

/**
 * Where the page is: beside the actuator's endpoints, wherever those are.
 *
 * @param base theirs, without a slash at its end, as Spring Boot reads it: {@code /} is empty
 */
record ConsolePath(String base) {

  private static final String KEY = "management.endpoints.web.base-path";
  private static final String DEFAULT = "/actuator";

  static ConsolePath of(Environment environment) {
    String base = environment.getProperty(KEY, DEFAULT);
    return new ConsolePath(base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
  }
}
