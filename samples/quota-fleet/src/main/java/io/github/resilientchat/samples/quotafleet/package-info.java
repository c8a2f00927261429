/** Two processes under one limit. */
@NullMarked
package io.github.resilientchat.samples.quotafleet;

import org.jspecify.annotations.NullMarked;
