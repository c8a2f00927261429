/**
 * The embedded local Bedrock of development and tests; its dependency is the application's to add.
 */
@NullMarked
package io.github.resilientchat.autoconfigure.simulator;

import org.jspecify.annotations.NullMarked;
