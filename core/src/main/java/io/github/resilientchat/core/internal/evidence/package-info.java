/** What is known of failures besides themselves. */
@NullMarked
package io.github.resilientchat.core.internal.evidence;

import org.jspecify.annotations.NullMarked;
