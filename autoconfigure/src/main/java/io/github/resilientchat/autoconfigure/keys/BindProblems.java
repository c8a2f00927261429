package io.github.resilientchat.autoconfigure.keys;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException.Problem;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Keeps values under {@code resilient} that are not of their type and goes on as if they were not
 * set, because Spring Boot stops at the first one. Once they are reported, the first one stops the
 * start again.
 */
final class BindProblems implements ConfigurationPropertiesBindHandlerAdvisor {

  private static final ConfigurationPropertyName ACCOUNTS = KeyCheck.ROOT.append("accounts");

  private final List<Problem> found = new CopyOnWriteArrayList<>();
  private volatile boolean reported;

  @Override
  public BindHandler apply(BindHandler handler) {
    return new AbstractBindHandler(handler) {

      /**
       * Values of maps are annotated for the metadata's sake; Spring Boot takes that as a word that
       * no property is bound to one directly, as a blank account is.
       */
      @Override
      public <T> @Nullable Bindable<T> onStart(
          ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
        Bindable<T> restricted = super.onStart(name, target, context);
        return ACCOUNTS.isParentOf(name) && isBlank(name, context) ? target : restricted;
      }

      @Override
      public @Nullable Object onFailure(
          ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error)
          throws Exception {
        return ours(name) && !reported && kept(name, target, context, error)
            ? null
            : super.onFailure(name, target, context, error);
      }
    };
  }

  private boolean kept(
      ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
    if (error instanceof UnboundConfigurationPropertiesException) {
      // What is left of a list of which one element is not of its type.
      return found.stream().anyMatch(problem -> problem.key().startsWith(name.toString()));
    }
    ConfigurationProperty property = context.getConfigurationProperty();
    if (property == null) {
      return false;
    }
    if (!isOfKubernetes(property)) {
      String expected = ExpectedValue.of(target.getType().resolve(Object.class), error);
      String key = property.getName().toString();
      found.add(
          new Problem(
              key, String.valueOf(property.getValue()), "is not " + expected, "write " + expected));
    }
    return true;
  }

  private static boolean isBlank(ConfigurationPropertyName name, BindContext context) {
    for (ConfigurationPropertySource source : context.getSources()) {
      ConfigurationProperty property = source.getConfigurationProperty(name);
      if (property != null) {
        return String.valueOf(property.getValue()).isBlank();
      }
    }
    return false;
  }

  private static boolean ours(ConfigurationPropertyName name) {
    return KeyCheck.ROOT.equals(name) || KeyCheck.ROOT.isAncestorOf(name);
  }

  private static boolean isOfKubernetes(ConfigurationProperty property) {
    return property.getSource() != null
        && property.getSource().getUnderlyingSource() instanceof SystemEnvironmentPropertySource
        && KubernetesVariables.isAddress(
            property.getName().toString(), String.valueOf(property.getValue()));
  }

  /** Every one so far; from now on each stops the start by itself. */
  List<Problem> reported() {
    reported = true;
    return found;
  }
}
