/**
 * What traces say of calls and attempts: Micrometer's observations, with names that an application
 * may replace. Codes and names of the configuration; nobody's text, and no caller but by a hash.
 */
@NullMarked
package io.github.resilientchat.observation;

import org.jspecify.annotations.NullMarked;
