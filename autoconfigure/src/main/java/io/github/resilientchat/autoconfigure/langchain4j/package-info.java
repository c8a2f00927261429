/** LangChain4j's models of the default route. */
@NullMarked
package io.github.resilientchat.autoconfigure.langchain4j;

import org.jspecify.annotations.NullMarked;
