/** What Spring Boot's build turns into code before it runs. */
@NullMarked
package io.github.resilientchat.compatibility.aot;

import org.jspecify.annotations.NullMarked;
