/** What Spring Boot's build turns into code before it runs. */
@NullMarked
package io.github.resilientchat.samples.aheadoftime;

import org.jspecify.annotations.NullMarked;
