/** What became of a call: reports, their listeners, and the exceptions that carry them. */
@NullMarked
package io.github.resilientchat.core.report;

import org.jspecify.annotations.NullMarked;
