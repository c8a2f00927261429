package io.github.resilientchat.springai;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One simulation for all tests, as new for each: closing Netty's event loops takes seconds. */
final class SharedSimulation implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Simulated.class;
  }

  @Override
  public Simulated resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Simulated simulated =
        test.getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .getOrComputeIfAbsent(Simulated.class, key -> new Simulated(), Simulated.class);
    simulated.reset();
    return simulated;
  }
}
