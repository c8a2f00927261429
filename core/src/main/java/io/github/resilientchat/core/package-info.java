/**
 * The engine that decides where a model call goes and what follows a failure; knows no framework
 * and no cloud.
 */
@NullMarked
package io.github.resilientchat.core;

import org.jspecify.annotations.NullMarked;
