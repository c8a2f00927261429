/** Reads models, targets and routes, the same for both frameworks. */
@NullMarked
package io.github.resilientchat.autoconfigure.route;

import org.jspecify.annotations.NullMarked;
