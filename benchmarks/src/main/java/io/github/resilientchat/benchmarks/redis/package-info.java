/** What a shared quota costs: an admission beside a ping, and bytes of a caller. */
@NullMarked
package io.github.resilientchat.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
