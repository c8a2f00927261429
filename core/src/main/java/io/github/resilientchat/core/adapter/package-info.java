/**
 * What a framework's adapter is built on: a route's router and its steps, and the drivers that obey
 * them.
 */
@NullMarked
package io.github.resilientchat.core.adapter;

import org.jspecify.annotations.NullMarked;
