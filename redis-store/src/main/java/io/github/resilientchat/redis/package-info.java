/** Quotas that all instances of an application share, on the Redis or Valkey that it uses. */
@NullMarked
package io.github.resilientchat.redis;

import org.jspecify.annotations.NullMarked;
