package io.github.resilientchat.tools.litellm;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a LiteLLM {@code config.yaml} of Bedrock models and prints {@code application.properties},
 * with a comment for each thing that it could not carry over.
 *
 * <pre>{@code
 * LitellmImport config.yaml                          # routes are named as their model groups, in small letters
 * LitellmImport config.yaml my-gpt=chat slow-gpt=batch   # or as you wish
 * }</pre>
 */
public final class LitellmImport {

  private LitellmImport() {}

  /** Exits with 1 when there is nothing to read. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (arguments.length == 0) {
      System.err.println(
          "give a LiteLLM config.yaml, and after it <model group>=<route> as you wish");
      System.exit(1);
    }
    Map<String, String> wishes = new LinkedHashMap<>();
    for (String argument : List.of(arguments).subList(1, arguments.length)) {
      String[] wish = argument.split("=", 2);
      wishes.put(wish[0], wish.length == 2 ? wish[1] : "");
    }
    out.print(convert(Files.readString(Path.of(arguments[0])), wishes));
  }

  /**
   * The properties for a configuration.
   *
   * @param wishes names of routes by names of model groups; others are named as they are, in small
   *     letters and digits
   * @throws IllegalArgumentException if it is no configuration of LiteLLM, or a wish is no name
   */
  public static String convert(String yaml, Map<String, String> wishes) {
    wishes.forEach(
        (group, route) -> {
          if (!route.matches("[a-z0-9]+")) {
            throw new IllegalArgumentException(
                "'" + route + "' for " + group + " is no name of a route: use a-z and 0-9");
          }
        });
    Map<String, String> properties = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    new Conversion(Yaml.document(yaml), wishes, properties, notes).run();
    StringBuilder text = new StringBuilder();
    properties.forEach(
        (key, value) ->
            text.append(key).append('=').append(PropertiesText.escaped(value)).append('\n'));
    if (!notes.isEmpty()) {
      text.append("\n# What could not be carried over, or is otherwise here:\n");
      notes.forEach(note -> text.append("# - ").append(note.replaceAll("\\R", " ")).append('\n'));
    }
    return text.toString();
  }
}
