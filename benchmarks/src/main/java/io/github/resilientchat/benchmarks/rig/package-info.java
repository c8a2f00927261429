/** What the soak and the chaos matrix share. */
@NullMarked
package io.github.resilientchat.benchmarks.rig;

import org.jspecify.annotations.NullMarked;
