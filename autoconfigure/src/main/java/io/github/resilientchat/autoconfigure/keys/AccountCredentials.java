package io.github.resilientchat.autoconfigure.keys;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Tells whether anybody asks for the credentials that the properties say of accounts. */
final class AccountCredentials {

  private static final String CONNECTION =
      "io.github.resilientchat.autoconfigure.bedrock.BedrockConnectionDetails";

  private AccountCredentials() {}

  /** Not where a simulator answers, nor where a bean says where a Bedrock of tests does. */
  static boolean areRead(Environment environment, ConfigurableListableBeanFactory beans) {
    if (Backend.SIMULATOR.name().equalsIgnoreCase(environment.getProperty("resilient.backend"))) {
      return false;
    }
    Class<?> connection = ClassUtils.resolveClassName(CONNECTION, beans.getBeanClassLoader());
    return beans.getBeanNamesForType(connection, true, false).length == 0;
  }
}
