/** What the auto-configuration does with types that only Spring Boot 4 has. */
@NullMarked
package io.github.resilientchat.autoconfigure.boot4;

import org.jspecify.annotations.NullMarked;
