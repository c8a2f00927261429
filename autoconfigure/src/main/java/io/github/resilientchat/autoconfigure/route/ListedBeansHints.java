package io.github.resilientchat.autoconfigure.route;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/** What a native image has to keep so that beans which routes list are found by their names. */
final class ListedBeansHints implements RuntimeHintsRegistrar {

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
    BindableRuntimeHintsRegistrar.forTypes(ProviderBeans.Lists.class).registerHints(hints);
  }
}
