package io.github.resilientchat.autoconfigure.springai;

import io.github.resilientchat.autoconfigure.keys.OnModelWanted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Reads properties of Spring AI's own Bedrock starter where they mean the same as one of ours that
 * is not set. The values stay where they are; what is added refers to them.
 */
final class CarriedOver implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final String SOURCE = "resilient: of spring.ai.bedrock";
  private static final String AWS = "spring.ai.bedrock.aws.";
  private static final String OPTIONS = "spring.ai.bedrock.converse.chat.options.";

  /** Ours by Spring AI's. */
  private static final Map<String, String> SAME = new LinkedHashMap<>();

  static {
    SAME.put(AWS + "region", "resilient.defaults.region");
    SAME.put(AWS + "timeout", "resilient.defaults.timeout");
    SAME.put(AWS + "access-key", "resilient.accounts.main.access-key");
    SAME.put(AWS + "secret-key", "resilient.accounts.main.secret-key");
    SAME.put(AWS + "session-token", "resilient.accounts.main.session-token");
    SAME.put(AWS + "profile.name", "resilient.accounts.main.profile");
    SAME.put(OPTIONS + "model", "resilient.routes.chat.targets");
    for (String option : new String[] {"temperature", "top-p", "max-tokens", "stop-sequences"}) {
      SAME.put(OPTIONS + option, "resilient.defaults.options." + option);
    }
  }

  /** What would hold the whole of it; where anything is set there, nothing is added beside it. */
  private static final String[] WHOLE = {"resilient.accounts", "resilient.routes"};

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    if (!OnModelWanted.matches(environment, context.getClassLoader())) {
      return;
    }
    Map<String, Object> added = new LinkedHashMap<>();
    SAME.forEach(
        (theirs, ours) -> {
          if (!isSet(environment, whole(ours))) {
            elements(environment, theirs)
                .forEach(element -> added.put(ours + element, "${" + theirs + element + "}"));
          }
        });
    if (!added.isEmpty()) {
      environment.getPropertySources().addLast(new MapPropertySource(SOURCE, added));
    }
  }

  private static String whole(String ours) {
    for (String group : WHOLE) {
      if (ours.startsWith(group + ".")) {
        return group;
      }
    }
    return ours;
  }

  /**
   * Under what a key is set where it is set first: itself, said as an empty text, or the indices of
   * a list. None where it is not.
   */
  private static List<String> elements(ConfigurableEnvironment environment, String key) {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source.getConfigurationProperty(ConfigurationPropertyName.of(key)) != null) {
        return List.of("");
      }
      List<String> indices = new ArrayList<>();
      while (source.getConfigurationProperty(
              ConfigurationPropertyName.of(key + index(indices.size())))
          != null) {
        indices.add(index(indices.size()));
      }
      if (!indices.isEmpty()) {
        return indices;
      }
    }
    return List.of();
  }

  private static String index(int element) {
    return "[" + element + "]";
  }

  private static boolean isSet(ConfigurableEnvironment environment, String key) {
    ConfigurationPropertyName name = ConfigurationPropertyName.of(key);
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source.getConfigurationProperty(name) != null
          || source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
        return true;
      }
    }
    return false;
  }

  /** What to write in place of each of Spring AI's properties that can be read. */
  static Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    SAME.forEach(
        (theirs, ours) ->
            words.put(
                theirs,
                ours.replace("accounts.main.", "accounts.<name>.")
                    .replace("routes.chat.", "routes.<name>.")));
    return words;
  }

  /** Spring AI's properties that are read in place of ours, and which those are. */
  static Map<String, String> in(Environment environment) {
    Map<String, String> read = new LinkedHashMap<>();
    if (environment instanceof ConfigurableEnvironment all) {
      PropertySource<?> added = all.getPropertySources().get(SOURCE);
      SAME.forEach(
          (theirs, ours) -> {
            if (added != null
                && (added.containsProperty(ours) || added.containsProperty(ours + index(0)))) {
              read.put(theirs, ours);
            }
          });
    }
    return read;
  }
}
