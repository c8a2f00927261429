package io.github.resilientchat.autoconfigure.springai;

import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.keys.Problems;
import java.util.Map;
import java.util.TreeSet;
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
  private static final Map<String, String> OURS =
      Map.of(
          "spring.ai.bedrock.aws.region", "resilient.defaults.region",
          "spring.ai.bedrock.aws.timeout", "resilient.defaults.timeout",
          "spring.ai.bedrock.aws.access-key", "resilient.accounts.<name>.access-key",
          "spring.ai.bedrock.aws.secret-key", "resilient.accounts.<name>.secret-key",
          "spring.ai.bedrock.aws.session-token", "resilient.accounts.<name>.session-token",
          "spring.ai.bedrock.aws.profile.name", "resilient.accounts.<name>.profile",
          "spring.ai.bedrock.converse.chat.options.model", "resilient.routes.<name>.targets",
          "spring.ai.bedrock.converse.chat.options.max-tokens",
              "resilient.models.<name>.max-tokens",
          "spring.ai.bedrock.converse.chat.options.temperature",
              "resilient.defaults.options.temperature",
          "spring.ai.bedrock.converse.chat.options.top-p", "resilient.defaults.options.top-p");
  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.resilientchat.configuration");

  @Override
  public void check(Problems problems) {
    TreeSet<String> set = new TreeSet<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable) {
        try (Stream<ConfigurationPropertyName> names = iterable.stream()) {
          names.filter(ROOT::isAncestorOf).forEach(name -> set.add(name.toString()));
        }
      }
    }
    Map<String, String> read = CarriedOver.in(environment);
    read.forEach((theirs, ours) -> LOG.info("{} is read as {}", theirs, ours));
    set.removeAll(read.keySet());
    set.forEach(
        key ->
            problems.doubt(
                key,
                null,
                "is of Spring AI's own starter and is not read",
                OURS.containsKey(key)
                    ? "write " + OURS.get(key)
                    : key.contains(".options.")
                        ? "set it in a bean of type BedrockOptionsCustomizer"
                        : "remove it"));
  }
}
