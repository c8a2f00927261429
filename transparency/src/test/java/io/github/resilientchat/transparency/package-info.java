@NullMarked
package io.github.resilientchat.transparency;

import org.jspecify.annotations.NullMarked;
