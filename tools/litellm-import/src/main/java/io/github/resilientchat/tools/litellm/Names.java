package io.github.resilientchat.tools.litellm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of this library for those of LiteLLM: small letters and digits, each once. */
final class Names {

  private static final Pattern FAMILY =
      Pattern.compile("claude-(?:[\\d-]+-)?(opus|sonnet|haiku)|nova-(\\w+)|([a-z]+)\\d*-");

  private final Map<String, String> given = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /** The name that somebody wishes for something. */
  void wish(String of, String name) {
    given.put(of, name);
    taken.add(name);
  }

  String of(String name) {
    return given.computeIfAbsent(name, unknown -> free(plain(name)));
  }

  /** A model by its family, such as {@code sonnet}; its version follows where two would be one. */
  String ofModel(String id, List<String> all) {
    String family = family(id);
    boolean alone = all.stream().filter(other -> family(other).equals(family)).count() == 1;
    return given.computeIfAbsent(
        "model " + id, unknown -> free(alone ? family : plain(id.replaceFirst(".*\\.", ""))));
  }

  private static String family(String id) {
    Matcher matcher =
        FAMILY.matcher(id.toLowerCase(Locale.ROOT).replaceFirst("^([a-z-]+\\.)+", ""));
    if (!matcher.find()) {
      return plain(id);
    }
    @Nullable String claude = matcher.group(1);
    if (claude != null) {
      return claude;
    }
    @Nullable String nova = matcher.group(2);
    return nova != null ? "nova" + plain(nova) : plain(String.valueOf(matcher.group(3)));
  }

  private static String plain(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return plain.isEmpty() ? "unnamed" : plain;
  }

  private String free(String name) {
    String free = name;
    for (int number = 2; !taken.add(free); number++) {
      free = name + number;
    }
    return free;
  }
}
