/**
 * LangChain4j models that are routes: they hand each call to the engine's next target and obey what
 * it decides.
 */
@NullMarked
package io.github.resilientchat.langchain4j;

import org.jspecify.annotations.NullMarked;
