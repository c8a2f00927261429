/** What the clients of an application's web endpoints are told. */
@NullMarked
package io.github.resilientchat.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
