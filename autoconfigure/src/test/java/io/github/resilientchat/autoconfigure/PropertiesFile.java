package io.github.resilientchat.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/** Reads a file, or YAML text, as Spring Boot reads an application's own. */
public record PropertiesFile(String name, Resource resource, PropertySourceLoader loader)
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  public PropertiesFile(String name) {
    this(name, new ClassPathResource(name), new PropertiesPropertySourceLoader());
  }

  public static PropertiesFile yaml(String text) {
    return new PropertiesFile(
        "application.yaml",
        new ByteArrayResource(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        new YamlPropertySourceLoader());
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    try {
      for (PropertySource<?> source : loader.load(name, resource)) {
        context.getEnvironment().getPropertySources().addLast(source);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
