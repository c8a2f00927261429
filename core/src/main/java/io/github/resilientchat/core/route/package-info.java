/** Routes, their targets and policy, and how calls are spread over them. */
@NullMarked
package io.github.resilientchat.core.route;

import org.jspecify.annotations.NullMarked;
