/** LangChain4j's own test kits with plain and decorated models. */
@NullMarked
package io.github.resilientchat.transparency.kits;

import org.jspecify.annotations.NullMarked;
