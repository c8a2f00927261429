/** What a failed attempt means: kinds, the domain that cools, and the classifiers that tell. */
@NullMarked
package io.github.resilientchat.core.failure;

import org.jspecify.annotations.NullMarked;
