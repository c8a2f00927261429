/** What tests of several modules share. */
@NullMarked
package io.github.resilientchat.testsupport;

import org.jspecify.annotations.NullMarked;
