package io.github.resilientchat.tools.litellm;

/** Values as a properties file writes them, which Spring Boot reads as ISO 8859-1. */
final class PropertiesText {

  private PropertiesText() {}

  /** A value that is read as it was. */
  static String escaped(String value) {
    StringBuilder text = new StringBuilder();
    for (char c : value.toCharArray()) {
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\f' -> text.append("\\f");
        case ' ' -> text.append(text.isEmpty() ? "\\ " : " ");
        default -> text.append(c < ' ' || c > '~' ? "\\u%04x".formatted((int) c) : c);
      }
    }
    return text.toString();
  }
}
