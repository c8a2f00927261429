package io.github.resilientchat.autoconfigure.springai;

import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.keys.Problems;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Tells which properties of Spring AI's own Bedrock starter are read, and of the others, which
 * nothing reads here, what to write in their place. Their values may be credentials and are not
 * shown.
 */
record StarterKeys(Environment environment) implements ConfigurationCheck {

  private static final ConfigurationPropertyName ROOT =
      ConfigurationPropertyName.of("spring.ai.bedrock");
  private static final Map<String, String> OURS = new HashMap<>();

  static {
    CarriedOver.words().forEach((theirs, ours) -> OURS.put(form(theirs), ours));
  }

  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.resilientchat.configuration");

  @Override
  public void check(Problems problems) {
    Map<String, String> set = new TreeMap<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable) {
        try (Stream<ConfigurationPropertyName> names = iterable.stream()) {
          names
              .filter(ROOT::isAncestorOf)
              .map(name -> withoutIndex(name.toString()))
              .forEach(name -> set.putIfAbsent(form(name), name));
        }
      }
    }
    Map<String, String> read = CarriedOver.in(environment);
    read.forEach((theirs, ours) -> LOG.info("{} is read as {}", theirs, ours));
    read.keySet().forEach(theirs -> set.remove(form(theirs)));
    set.forEach(
        (form, key) ->
            problems.doubt(
                key,
                null,
                "is of Spring AI's own starter and is not read",
                OURS.containsKey(form)
                    ? "write " + OURS.get(form)
                    : key.contains(".options.")
                        ? "set it in a bean of type BedrockOptionsCustomizer"
                        : "remove it"));
  }

  /** However it is spelled: an environment variable knows no dashes, and a word may have humps. */
  private static String form(String key) {
    return key.replaceAll("[-._]", "").toLowerCase(Locale.ROOT);
  }

  private static String withoutIndex(String key) {
    return key.replaceAll("(\\[\\d+])+$", "");
  }
}
