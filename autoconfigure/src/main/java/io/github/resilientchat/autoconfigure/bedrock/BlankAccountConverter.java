package io.github.resilientchat.autoconfigure.bedrock;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.core.convert.converter.Converter;

/**
 * Reads an account without settings, which YAML ({@code main:}) and properties files ({@code
 * resilient.accounts.main=}) can only say with a blank value. (Spring Boot drops {@code main: {}}.)
 */
@ConfigurationPropertiesBinding
final class BlankAccountConverter implements Converter<String, AccountProperties> {

  @Override
  public AccountProperties convert(String source) {
    if (!source.isBlank()) {
      throw new IllegalArgumentException("an account is a group of properties, not a value");
    }
    return AccountProperties.DEFAULT_CHAIN;
  }
}
