/** The words that every part shares: for whom a call is made, how large it is, what it used. */
@NullMarked
package io.github.resilientchat.core;

import org.jspecify.annotations.NullMarked;
