/** Quotas in the application's Redis. */
@NullMarked
package io.github.resilientchat.autoconfigure.redis;

import org.jspecify.annotations.NullMarked;
