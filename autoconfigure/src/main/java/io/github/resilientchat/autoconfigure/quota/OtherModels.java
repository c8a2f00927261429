package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Looks for model beans that are not this library's: their calls pass routes and quotas unseen.
 * With another provider's starter on the class path, which of two auto-configurations comes first
 * may be decided by the alphabet, and this one then backs off.
 *
 * @param limited whether callers are held to quotas
 * @param allowed whether the application says that other models are meant to be there
 */
public record OtherModels(boolean limited, boolean allowed) {

  private static final Logger LOG = LoggerFactory.getLogger(OtherModels.class);
  private static final String KEY = "resilient.quotas.other-models";

  /**
   * Looks at each bean of a type.
   *
   * @param ours what this library's models of this type are
   * @param what the type as applications know it
   * @throws InvalidConfigurationException if one is not ours, and callers are held to quotas
   */
  public void check(
      ConfigurableListableBeanFactory beans, Class<?> type, Class<?> ours, String what) {
    for (String name : beans.getBeanNamesForType(type, true, false)) {
      @Nullable Class<?> known = typeOf(beans, name);
      if (known == null || !(ours.isAssignableFrom(known) || isMock(known))) {
        found(what, name, known, origin(beans, name));
      }
    }
  }

  /** That of a test, which calls nobody. Known by the name that Mockito gives its types. */
  private static boolean isMock(Class<?> type) {
    return type.getName().contains("$MockitoMock$");
  }

  private void found(String what, String name, @Nullable Class<?> type, String origin) {
    String bean =
        what + " bean '" + name + "'" + (type == null ? "" : " (" + type.getName() + ")") + origin;
    if (limited && !allowed) {
      throw new InvalidConfigurationException(
          KEY,
          null,
          "the " + bean + " is not this library's, so its calls pass every quota",
          "take it out, as with spring.autoconfigure.exclude=<the auto-configuration that makes"
              + " it>, so that this library's model is there in its place; or set "
              + KEY
              + "=allow if its calls are meant to pass");
    }
    LOG.warn(
        "the {} is not this library's: no route, fallback or quota holds for its calls{}",
        bean,
        limited ? ", as " + KEY + "=allow says" : "");
  }

  private static @Nullable Class<?> typeOf(ConfigurableListableBeanFactory beans, String name) {
    Object made = beans.containsSingleton(name) ? beans.getSingleton(name) : null;
    return made == null ? beans.getType(name, false) : AopUtils.getTargetClass(made);
  }

  private static String origin(ConfigurableListableBeanFactory beans, String name) {
    String said =
        beans.containsBeanDefinition(name)
            ? beans.getMergedBeanDefinition(name).getResourceDescription()
            : null;
    return said == null ? "" : " of " + said;
  }
}
