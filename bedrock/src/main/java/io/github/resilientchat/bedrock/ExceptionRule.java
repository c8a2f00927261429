package io.github.resilientchat.bedrock;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table of what it means that no answer of the service came through.
 *
 * @param types simple names of exceptions, or of what they extend; by name, as each HTTP client of
 *     the SDK has its own and not all need be on the class path
 * @param texts phrases in lower case, any of which an exception of those types must hold, or one of
 *     any type where no type is named; none for any text
 * @param code of the failure, or null for the exception's simple name
 */
record ExceptionRule(Set<String> types, List<String> texts, @Nullable String code, Meaning means) {

  static ExceptionRule thrown(Meaning means, String... types) {
    return new ExceptionRule(Set.of(types), List.of(), null, means);
  }

  /** Those that say one of these as well. */
  ExceptionRule saying(String... phrases) {
    return new ExceptionRule(types, List.of(phrases), code, means);
  }

  ExceptionRule code(String value) {
    return new ExceptionRule(types, texts, value, means);
  }

  boolean fits(Throwable thrown) {
    return hasType(thrown) && hasText(thrown);
  }

  private boolean hasType(Throwable thrown) {
    if (types.isEmpty()) {
      return true;
    }
    Class<?> type = thrown.getClass();
    while (type != null && !types.contains(type.getSimpleName())) {
      type = type.getSuperclass();
    }
    return type != null;
  }

  private boolean hasText(Throwable thrown) {
    if (texts.isEmpty()) {
      return true;
    }
    String text = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
    return texts.stream().anyMatch(text::contains);
  }

  String codeOf(Throwable thrown) {
    return code == null ? thrown.getClass().getSimpleName() : code;
  }

  /** As a line of Markdown. */
  String line() {
    String named = String.join(", ", types.stream().sorted().toList());
    String said = String.join(" / ", texts.stream().map(text -> '"' + text + '"').toList());
    return "| %s | %s | %s |".formatted(named, said, means.cells());
  }
}
