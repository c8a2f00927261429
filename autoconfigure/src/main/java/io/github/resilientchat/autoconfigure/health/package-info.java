/** Whether routes can answer and accounts' credentials are taken, for Spring Boot's health. */
@NullMarked
package io.github.resilientchat.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
