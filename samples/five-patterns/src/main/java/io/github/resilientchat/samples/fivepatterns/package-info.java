/** The five patterns of AWS's article, run on both frameworks and judged. */
@NullMarked
package io.github.resilientchat.samples.fivepatterns;

import org.jspecify.annotations.NullMarked;
