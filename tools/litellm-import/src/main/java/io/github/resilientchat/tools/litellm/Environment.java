package io.github.resilientchat.tools.litellm;

/** What LiteLLM reads out of the environment, as properties read it. */
final class Environment {

  private static final String MARK = "os.environ/";

  private Environment() {}

  static boolean isMeantBy(String value) {
    return value.startsWith(MARK);
  }

  /** A reference for {@code os.environ/NAME}; anything else as it is. */
  static String reference(String value) {
    return isMeantBy(value) ? "${" + value.substring(MARK.length()) + "}" : value;
  }
}
