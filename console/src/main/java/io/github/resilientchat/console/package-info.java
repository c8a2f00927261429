/** A live page of routes and targets, for whoever runs the application. */
@NullMarked
package io.github.resilientchat.console;

import org.jspecify.annotations.NullMarked;
