/** The actuator endpoint {@code resilient}: how routes and targets are, and what may be changed. */
@NullMarked
package io.github.resilientchat.autoconfigure.actuator;

import org.jspecify.annotations.NullMarked;
