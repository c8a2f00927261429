package io.github.resilientchat.autoconfigure.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Small objects as JSON. Written by hand, because Spring Boot 3 and 4 bring different lines of
 * Jackson, and an event of a stream passes by both.
 */
final class JsonText {

  private JsonText() {}

  static String of(Map<String, Object> members) {
    return members.entrySet().stream()
        .map(member -> text(member.getKey()) + ":" + value(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(JsonText::value).collect(Collectors.joining(",", "[", "]"));
    }
    return text(value.toString());
  }

  private static String text(String value) {
    StringBuilder text = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char letter = value.charAt(i);
      if (letter == '"' || letter == '\\') {
        text.append('\\').append(letter);
      } else if (letter < 0x20 || letter == 0x2028 || letter == 0x2029) {
        text.append(String.format("\\u%04x", (int) letter));
      } else {
        text.append(letter);
      }
    }
    return text.append('"').toString();
  }
}
