package io.github.resilientchat.autoconfigure.engine;

import io.github.resilientchat.core.engine.Engine;

/** Changes the engine before it is built. Beans of this type are applied in their order. */
@FunctionalInterface
public interface EngineCustomizer {

  void customize(Engine.Builder engine);
}
